export { Address, Hex32, hex32, Name, Serial, Sha256, SlotName, Timestamp } from './primitives.ts';
export { Problem } from './problem.ts';
export { listOf, ListQuery } from './lists.ts';
export { Image, ImageFormat, UploadImageQuery } from './images.ts';
export { Assessment, EvidenceGroup, Finding, Identity, PeripheralId, Verdict } from './identity.ts';
export {
  BUILT_IN_RECIPE,
  ConnectMode,
  CreateRecipe,
  CreateRevision,
  DEFAULT_STEPS,
  OnDiffers,
  Recipe,
  RecipeStep,
  VerifyMethod,
} from './recipes.ts';
export type { StepName, StepOf } from './recipes.ts';
export { Measurement, Outcome, Run, StepRecord, VerifyProof } from './runs.ts';
export { CreateJob, Job, JobCounts, JobState } from './jobs.ts';
export { CreateWorkOrder, WorkOrder } from './work-orders.ts';
export { RunProgress, Slot, SlotBoard, SlotIdentification, SlotProbe, SlotRun, SlotState } from './slots.ts';
export {
  LIVE_NAMESPACE,
  LIVE_PATH,
  RunProgressEvent,
  StationEvent,
  StationStatus,
  Subscribe,
} from './events.ts';
export type { StationEventType } from './events.ts';
export { ReportQuery, Share, YieldReport, YieldRow } from './reports.ts';
export { Account, AccountName, Me, OpenSession, Role, Session } from './accounts.ts';
export { AuditQuery, AuditRow } from './audit.ts';
export { Board } from './boards.ts';
export { Scan, ScanResult } from './scans.ts';
export { DEMO_BOARDS, Environment } from './environment.ts';
