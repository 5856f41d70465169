/** The Web Worker host of the engine: the user interface's thread never simulates. */
import { Library } from '../scenario/index.ts';
import { bundledFiles } from './bundled-library.ts';
import type { EngineEvent, EngineRequest } from './messages.ts';
import { EngineRunner } from './runner.ts';

/** The two members of a dedicated worker's scope that are used; the layer has no DOM types on purpose. */
declare const self: {
  postMessage(message: EngineEvent): void;
  onmessage: ((event: { readonly data: EngineRequest }) => void) | null;
};

const runner = new EngineRunner(new Library(bundledFiles()), (event) => self.postMessage(event));
self.onmessage = ({ data }) => void runner.handle(data);
