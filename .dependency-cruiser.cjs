/** The dependency rule between layers (docs/ARCHITECTURE.md), as a tool enforces it. */
const LAYERS = {
  core: [],
  wire: ['core'],
  net: ['core', 'wire'],
  protocols: ['core', 'wire'],
  mail: ['core'],
  hosts: ['core', 'wire', 'net', 'protocols', 'mail'],
  scenario: ['core', 'net', 'protocols', 'mail', 'hosts'],
  trace: ['core', 'wire', 'net', 'protocols'],
  i18n: [],
  engine: ['core', 'scenario', 'trace'],
  views: ['core', 'trace', 'i18n'],
  ui: ['core', 'protocols', 'mail', 'scenario', 'trace', 'i18n', 'engine', 'views'],
  cli: ['core', 'net', 'scenario', 'trace', 'engine'],
};

const walls = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `${layer}-sees-only-what-is-below`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [`^src/${layer}/`, ...allowed.map((other) => `^src/${other}/`)] },
}));

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'node-only-in-cli',
      comment: 'everything else runs in a browser too',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'react-only-in-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/' },
      to: { path: 'node_modules/(react|react-dom|@xterm|i18next)(/|$)' },
    },
    {
      name: 'd3-only-in-views',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/views/' },
      to: { path: 'node_modules/d3' },
    },
    {
      name: 'randomness-only-in-core',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/core/' },
      to: { path: 'node_modules/pure-rand' },
    },
    { name: 'only-what-exists', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The parser at hand reads no JSX; those files are the topmost layer's, and tools/house-lint/imports.mjs looks at their imports.
    exclude: { path: '\\.tsx$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default'],
    },
  },
};
