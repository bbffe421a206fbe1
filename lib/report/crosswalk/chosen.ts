import { CROSSWALK_ACTIONS } from '../../tables/tables';
import { affectedKeyToken } from '../../model/keys';

/** What a Procore record can be chosen for on the page. */
export type Chosen = 'job' | 'account' | 'vendor';

const LETTER = { job: 'J', account: 'A', vendor: 'V' } as const;
const TABLE = { job: 'projects', account: 'accounts', vendor: 'vendors' } as const;

export const isChosen = (text: string): text is Chosen => Object.hasOwn(LETTER, text);

/** Words the row of such a thing may have as its action. */
export function actionsOf(kind: Chosen): readonly string[] {
	return CROSSWALK_ACTIONS[TABLE[kind]];
}

/** `J:800`: what records that wait for the thing carry as their cause key. */
export function causeKeyOf(kind: Chosen, key: string): string {
	return affectedKeyToken(LETTER[kind], key).slice(1, -1);
}
