import './words.ts';
export { BenchChoice, BenchKind } from './bench.ts';
export { Address, Hex32, Name, PlantTime, Serial, Sha256, SlotName, Timestamp } from './primitives.ts';
export { CERTIFICATE_EXAMPLE } from './certificate-example.ts';
export {
  Certificate,
  CERTIFICATE_BYTES,
  CERTIFICATE_FORMATS,
  CertificateBody,
  CertificateQuery,
  StationKey,
} from './certificates.ts';
export { fieldErrors, fieldInWords, pointerStep } from './field-errors.ts';
export type { FieldError, FieldIssue } from './field-errors.ts';
export { MEASURED } from './measured.ts';
export { hex, hex32, hexByte, hexDigits } from './hex.ts';
export { Problem } from './problem.ts';
export { EXIT } from './refusals/exit-codes.ts';
export type { ExitCode, ExitName } from './refusals/exit-codes.ts';
export { exitCodeOf, RefusalError, refusalCodeOf, refusalOf, remedyFor, toldTo } from './refusals/refusal.ts';
export type { Params, Refusal, RefusalDetails } from './refusals/refusal.ts';
export { reworded, said, SENTENCES } from './refusals/sentences.ts';
export type { CodeOf, SentenceKey, ValuesOf } from './refusals/sentences.ts';
export type { RefusalRow } from './refusals/row.ts';
export {
  CALL_ENGINEER,
  CALL_LEAD,
  ONCE_MORE,
  QUALITY_BOX,
  RED_BOX,
  SCAN_BADGE,
  SEAT_AND_SCAN,
  WAIT,
} from './refusals/operator-words.ts';
export { RUN_ROWS } from './refusals/runs.ts';
export type { HoldReason, RunReason } from './refusals/runs.ts';
export { REFUSALS, REST_CODES } from './refusals/table.ts';
export type { RefusalCode } from './refusals/table.ts';
export { ActionBody, listOf, ListQuery, Reason, Shows } from './lists.ts';
export { Image, ImageFile, ImageFormat, ImageQuery, ImageSummary, UploadImageQuery } from './images.ts';
export {
  Assessment,
  BoardReassessment,
  Difference,
  EvidenceGroup,
  Finding,
  FindingKind,
  Identity,
  NotRead,
  PeripheralId,
  Reassessed,
  Verdict,
} from './identity.ts';
export { EvidenceRule, IdentityModel } from './identity-model.ts';
export {
  BUILT_IN_RECIPE,
  ConnectMode,
  CreateRecipe,
  CreateRevision,
  DEFAULT_STEPS,
  OnCohortChange,
  OnDiffers,
  OnRecordDoubt,
  OpenShift,
  Part,
  ProofMethod,
  Recipe,
  RecipeQuery,
  RecipeState,
  RecipeStep,
  Signature,
  SignBody,
  VerifyMethod,
} from './recipes.ts';
export type { OptionSettings } from './option-settings.ts';
export type { StepName, StepOf } from './recipes.ts';
export { Fill } from './fill.ts';
export { Patch, PatchEncoding } from './patches.ts';
export {
  Measurement,
  Outcome,
  Run,
  RunQuery,
  StepRecord,
  VerifyProof,
  WrittenPatch,
  LifeFact,
} from './runs.ts';
export {
  CreateJob,
  HELD_JOB_STATES,
  isOpenJob,
  Job,
  JobCounts,
  JobQuery,
  JobState,
  JobUnit,
  MOST_UNITS,
  OPEN_JOB_STATES,
  OPEN_UNIT_STATES,
  STARTING_JOB_STATES,
  WaitingUnit,
} from './jobs.ts';
export {
  CreateDecision,
  CreateLotDecision,
  Decision,
  DecisionAbout,
  DecisionName,
  LotDecisionName,
} from './decisions.ts';
export { SerialRule } from './serial-rule.ts';
export {
  CheckDigit,
  CreateSerialRange,
  IssuedSerial,
  MOST_VALUES,
  SerialFormat,
  SerialQuery,
  SerialRange,
  SerialState,
} from './serials.ts';
export { CreateWorkOrder, WorkOrder, WorkOrderQuery, WorkOrderState } from './work-orders.ts';
export {
  RunProgress,
  Slot,
  SlotBoard,
  SlotIdentification,
  SlotLast,
  SlotProbe,
  SlotCheck,
  SlotOpening,
  SlotReservation,
  SlotRun,
  SlotState,
  SlotWaiting,
  Transport,
} from './slots.ts';
export {
  ClockStep,
  EVENT_TYPES,
  EventPlace,
  LIVE_NAMESPACE,
  LIVE_PATH,
  RunProgressEvent,
  StationEvent,
  StationName,
  StationStatus,
  LIVE_REPLAY_EVENTS,
  LivePage,
  LiveProblem,
  Subscribe,
} from './events.ts';
export type { StationEventType } from './events.ts';
export { ReportQuery, Share } from './reports.ts';
export {
  Account,
  AccountName,
  BadgeCode,
  ChangeAccount,
  CreateAccount,
  CreateToken,
  GivenToken,
  Me,
  Password,
  OpenSession,
  Role,
  Session,
} from './accounts.ts';
export { AuditQuery, AuditRow } from './audit.ts';
export {
  Scan,
  ScanChange,
  ScanExpects,
  ScanFate,
  ScanMeaning,
  ScanOrder,
  ScanReservation,
  ScanResult,
  ScanState,
} from './scans.ts';
export {
  Board,
  BoardAttempt,
  BoardBy,
  BoardChange,
  BoardQuery,
  BoardState,
  CohortFinding,
  MarkReference,
  RecordFinding,
  ReferenceKind,
  RepairBoard,
} from './boards.ts';
export { InsertBoard, LayFault, VirtualFault, VirtualProfile, VirtualSlot } from './virtual.ts';
export { DEMO_BOARDS, Environment, settings } from './environment.ts';
export { PutShifts, Shift, ShiftTable, TimeZone } from './shifts.ts';
