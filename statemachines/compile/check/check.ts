export interface Complaint {
  readonly code: string;
  readonly place: string;
  readonly cause: string;
  readonly mend: string;
}
