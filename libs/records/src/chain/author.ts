/** Who makes a change, as the record names it. */
export interface Author {
  readonly actor: string;
  readonly role: string;
  readonly reason: string | null;
}
