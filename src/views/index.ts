/** Drawings of a run, free of any framework: each is given a container and models to draw. */
export { createLadder, type LadderModel, type LadderTexts, type LadderView } from './ladder.ts';
export { createStage, type StageTexts, type StageView } from './stage.ts';
export {
  type CableNow,
  type PillNow,
  type Place,
  type StageLayout,
  type StageModel,
  stageLayout,
  stageModel,
  type TileNow,
} from './stage-model.ts';
export { createTimeline, type TimelineModel, type TimelineTexts, type TimelineView } from './timeline.ts';
