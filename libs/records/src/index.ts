export { RecordsError } from './errors.ts';
export type { RecordsErrorCode } from './errors.ts';
export { canonicalJson, canonicalParts } from './chain/canonical-json.ts';
export { link, ORIGIN } from './chain/chain-row.ts';
export type { ChainRow, Head, Statement } from './chain/chain-row.ts';
export { append, headOf, INSERT_ROWS } from './chain/append.ts';
export {
  ANCHOR_FILE,
  anchorLine,
  appendLine,
  hasAnchorOf,
  parseAnchors,
  readAnchors,
  restoredLine,
} from './chain/anchors.ts';
export type { Anchor } from './chain/anchors.ts';
export { ERASABLE_TYPES, RETENTION_TYPE, retentionCutoff } from './chain/retention.ts';
export type { RetentionNotice } from './chain/retention.ts';
export { sealUnlinkedRows } from './chain/seal.ts';
export { verifyChain } from './chain/verify-chain.ts';
export type { ChainReport } from './chain/verify-chain.ts';
export { chainRows, openToRead, verifyDatabase } from './file/chain-file.ts';
export type { FileReport } from './file/chain-file.ts';
export { recordedIdentities } from './file/recorded-identities.ts';
export type { RecordedIdentity } from './file/recorded-identities.ts';
export { COVERED_TABLES, NOT_RELIED_ON } from './rows/covered-tables.ts';
export type { CoveredTable } from './rows/covered-tables.ts';
export { recorded } from './rows/recorded.ts';
export type { RowFinding, RowsReport } from './rows/rows-report.ts';
export { RowSealing, STEP_DIGESTS, STEP_ROWS } from './rows/sealing.ts';
export { refuseForeignRows, ROWS_TYPE, settleRows, settleSome } from './rows/settle.ts';
export { isExport, verifyExport } from './chain/export-file.ts';
export { migrate } from './file/migrate.ts';
export { AccountRegister, BADGE_ROLES } from './accounts/account-register.ts';
export type { Author } from './chain/author.ts';
export type { AccountChange, Care, NewAccount } from './accounts/account-register.ts';
export { foldedName, sameName } from './accounts/names.ts';
export { badgeDigest, newToken, passwordHash, passwordMatches, tokenDigest } from './accounts/secrets.ts';
export { backUp, pageProblem } from './file/backup.ts';
export type { BackupReport, RecordsFolder } from './file/backup.ts';
export { generationOf, openGeneration } from './file/generation.ts';
export type { Generation } from './file/generation.ts';
export { finishRestore } from './file/finish-restore.ts';
export { checkCertificate, publicKeyOf } from './certificates/check-certificate.ts';
export type { CertificateCheck } from './certificates/check-certificate.ts';
export { signCertificate } from './certificates/sign-certificate.ts';
export { KEY_FILE, readStationKey, stationKey } from './certificates/station-key.ts';
export type { SigningKey } from './certificates/station-key.ts';
export { stationSecret } from './file/station-secret.ts';
export { inspectBackup, restore } from './file/restore.ts';
export type { BackupContent, RestoreReport } from './file/restore.ts';
export { isArchive } from './file/image-archive.ts';
export { DataGoneError, STORAGE_PROBLEMS, storageProblemOf } from './file/storage-problem.ts';
export type { StorageCode, StorageProblem } from './file/storage-problem.ts';
export { checkPages } from './file/check-pages.ts';
export { shiftPlans } from './report-rows/shift-plans.ts';
export { ReportSource } from './report-rows/report-source.ts';
export type { RowFilter } from './report-rows/filter.ts';
export { everyImageId } from './report-rows/images-named.ts';
export { fits } from './list-rows/board-conditions.ts';
export type { BoardFilters } from './list-rows/board-conditions.ts';
export type { Fragment } from './list-rows/fragment.ts';
export { listRows } from './list-rows/list-rows.ts';
export type { ListFilters, ListName } from './list-rows/list-rows.ts';
export { runConditions } from './list-rows/run-conditions.ts';
export type { RunFilters } from './list-rows/run-conditions.ts';
