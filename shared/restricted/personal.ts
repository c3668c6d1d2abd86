/** Entities that are, name or reach a person; vehicles, places and records are not. */
const PERSONAL = /^(person|juvenile|victim|patient|name|phone|email)(-|$)/;

/** Whether an entity of this kind means a person. */
export const isPersonal = (kind: string): boolean => PERSONAL.test(kind);

const SUBJECT = /^subject-[0-9A-Z]{26}$/;

/** Whether an entity's id is a subject's token and no longer what it stands for. */
export const isSubject = (id: string): boolean => SUBJECT.test(id);
