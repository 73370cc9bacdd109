import {
  Board,
  BoardBy,
  BoardQuery,
  BoardReassessment,
  CreateDecision,
  CreateLotDecision,
  Decision,
  ListQuery,
  MarkReference,
  RepairBoard,
  Run,
} from '@boardwalk/contracts';
import { listed, one } from './answer.ts';
import { resource } from './row.ts';

export const BOARDS = resource('boards', {
  listBoards: {
    method: 'GET',
    path: '/api/v1/boards',
    summary: 'Boards, the last seen first.',
    may: 'look',
    query: BoardQuery,
    answers: listed(Board, { leavesOutVirtual: true }),
  },
  getBoard: {
    method: 'GET',
    path: '/api/v1/boards/:id',
    summary:
      "One board's whole life in the record's order, by its number, unique id or serial; and the board.",
    may: 'look',
    query: BoardBy.extend(ListQuery.shape),
    answers: listed(Run, { members: { board: Board } }),
    refuses: ['ambiguous'],
  },
  decideBoard: {
    method: 'POST',
    path: '/api/v1/boards/:id/decision',
    summary: 'What a person decides about a board that is held, by its number, unique id or serial.',
    may: 'decide',
    query: BoardBy,
    body: CreateDecision,
    answers: one(Decision),
    refuses: ['ambiguous', 'wrong-state'],
  },
  decideLot: {
    method: 'POST',
    path: '/api/v1/lots/:lot/decision',
    summary: 'The same for every board of a lot that is held about it, and for those that come later.',
    may: 'decide',
    body: CreateLotDecision,
    answers: one(Decision),
  },
  markReference: {
    method: 'POST',
    path: '/api/v1/boards/:id/reference',
    summary: 'Marks a reference board: golden or known bad. No rule and no count includes it.',
    may: 'decide',
    query: BoardBy,
    body: MarkReference,
    answers: one(Board),
    refuses: ['ambiguous', 'wrong-state'],
  },
  repairBoard: {
    method: 'POST',
    path: '/api/v1/boards/:id/repair',
    summary: 'Records that a board was repaired: its attempts start at 1 again.',
    may: 'repair-boards',
    query: BoardBy,
    body: RepairBoard,
    answers: one(Board),
    refuses: ['ambiguous', 'wrong-state'],
  },
  assessBoard: {
    method: 'POST',
    path: '/api/v1/boards/:id/assess',
    summary:
      'Judges the identities that runs of a board have read by the present rules. Runs keep what was said; a verdict that is another one now is kept for reports.',
    may: 'look',
    query: BoardBy,
    answers: one(BoardReassessment),
    refuses: ['ambiguous'],
  },
});
