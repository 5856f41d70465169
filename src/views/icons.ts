/** Pictograms of nodes and messages, drawn on a 24 × 24 grid with lines of one width. */

export const NODE_ICONS: Readonly<Record<string, readonly string[]>> = {
  workstation: ['M4 5h16v10H4z', 'M2 19h20'],
  mta: ['M3 4h18v7H3z', 'M3 13h18v7H3z', 'M7 7.5h.01', 'M7 16.5h.01', 'M14 7.5h4', 'M14 16.5h4'],
  mda: ['M3 13l3-8h12l3 8v6H3z', 'M3 13h5l2 3h4l2-3h5'],
  nameserver: ['M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z', 'M16 8l-2.4 5.6L8 16l2.4-5.6z'],
  resolver: ['M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z', 'M16 8l-2.4 5.6L8 16l2.4-5.6z'],
  fold: ['M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z', 'M16 8l-2.4 5.6L8 16l2.4-5.6z'],
  server: ['M4 3h16v18H4z', 'M8 7h8', 'M8 11h8', 'M12 17h.01'],
  router: ['M3 9h18v8H3z', 'M7 13h.01', 'M11 13h.01', 'M8 9V5', 'M16 9V5'],
  visitor: ['M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8z', 'M4 21c1-5 4-7 8-7s7 2 8 7'],
};

export const ENVELOPE = ['M0 0h15v11H0z', 'M0 0l7.5 6L15 0'];
