/** Every state and transition of a protocol machine names its clause, and has a sentence in both languages. */
export const name = 'machines';

/** `machines`: XState definitions by id; `texts`: catalogue by language. */
export function checkMachines(machines, texts) {
  const problems = [];
  const described = (where, description) => {
    if (description === undefined) problems.push(`${where}: no description`);
    else
      for (const [language, known] of Object.entries(texts))
        if (!(description in known)) problems.push(`${where}: ${description} is not in the ${language} catalogues`);
  };
  for (const [id, definition] of Object.entries(machines)) {
    for (const node of definition.idMap.values()) {
      const where = node.id === definition.id ? id : `${id} ${node.path.join('.')}`;
      if (node.path.length > 0) described(where, node.description);
      for (const [event, list] of node.transitions) {
        for (const transition of list) {
          if (!/^\d+#\S+$/.test(transition.meta?.rfc ?? '')) problems.push(`${where} on ${event}: no meta.rfc`);
          described(`${where} on ${event}`, transition.description);
        }
      }
    }
  }
  return problems;
}
