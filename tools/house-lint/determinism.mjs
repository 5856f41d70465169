/** Nothing that runs in a simulation may know real time or real chance. */
const LAYERS = /^src\/(core|wire|net|protocols|mail|hosts|scenario|trace|views|engine)\//;
const FORBIDDEN = [
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\(\)/, 'new Date()'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\bsetTimeout\b|\bsetInterval\b/, 'timers of the platform'],
  [/\bperformance\.now\b/, 'performance.now'],
  [/\bcrypto\.getRandomValues\b/, 'real randomness'],
];

export const name = 'determinism';

export function check({ path, text }) {
  if (!LAYERS.test(path) || !/\.tsx?$/.test(path)) return [];
  const code = withoutComments(text);
  return FORBIDDEN.filter(([pattern]) => pattern.test(code)).map(
    ([, what]) => `${path}: ${what} has no place in a simulation`,
  );
}

export function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
