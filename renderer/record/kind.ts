/** The screens of records that are edited beside a list, as the message catalogue names them. */
export type RecordKind = 'findings' | 'requests' | 'plan';
