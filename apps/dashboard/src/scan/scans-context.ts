'use client';
import { createContext, useContext } from 'react';
import type { Scans } from './use-scans.ts';

/** The scans of this page; null: the person at the page does not scan. */
export const ScansContext = createContext<Scans | null>(null);

export const useScansHere = (): Scans | null => useContext(ScansContext);
