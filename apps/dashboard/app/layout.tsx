import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Frame } from '../components/frame.tsx';
import './globals.css';

export const metadata: Metadata = { title: 'Boardwalk', description: 'The bench, live' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Frame>{children}</Frame>
      </body>
    </html>
  );
}
