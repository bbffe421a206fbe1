import { refusalOf, refused, type Refusal } from '../acts/page-guard';
import { plainText } from '../read/plain-text';
import { visitorOf } from '../replay/replay-token';
import { actionsOf, causeKeyOf, isChosen, type Chosen } from './chosen';

/** What a visitor chose for a job, an account or a vendor. */
export interface CrosswalkChoice {
	kind: Chosen;
	company: string;
	key: string;
	/** Project id, cost code or vendor id; blank leaves it open. */
	target: string;
	targetName: string;
	costType: string;
	action: string;
	note: string;
	/** Name of the page's login. */
	by: string;
	/** Pattern that finds the events of its records, and the key its waiting records carry. */
	affectedKeyPattern: string;
	causeKey: string;
}

/** Between a value and its name in a pick list: what is sent is both. */
export const NAME_FOLLOWS = ' | ';

/**
 * Reads the form of the crosswalk editor. Nothing of it is trusted: every part is one bounded line,
 * and only known kinds and actions are taken.
 *
 * @param now milliseconds since 1970
 */
export function readCrosswalkForm(
	form: Record<string, unknown>,
	authorization: string,
	now: number,
): { accepted: true; choice: CrosswalkChoice } | Refusal {
	const refusal = refusalOf(form, authorization, now);
	if (refusal) return refusal;
	const text = (name: string, longest = 200) => plainText(form[name], longest);
	const kind = text('kind');
	const [company, key] = [text('company', 40), text('key')];
	if (!isChosen(kind) || company === '' || key === '') {
		return refused(400, 'It was not said which job, account or vendor is meant.');
	}
	const action = text('action').toLowerCase() || 'send';
	if (!actionsOf(kind).includes(action)) {
		return refused(400, `The action must be one of ${actionsOf(kind).join(', ')}.`);
	}
	const [target = '', ...name] = text('target', 300).split(NAME_FOLLOWS);
	if (kind === 'vendor' && target !== '' && !/^\d{1,20}$/.test(target)) {
		return refused(400, 'A Procore vendor is named by its id, a number. Choose one from the list.');
	}
	return {
		accepted: true,
		choice: {
			...{ kind, company, key, action, target: target.trim() },
			targetName: name.join(NAME_FOLLOWS).trim(),
			...{ costType: text('type', 40), note: text('note') },
			by: visitorOf(authorization) || 'somebody logged in',
			affectedKeyPattern: `%|${causeKeyOf(kind, key)}|%`,
			causeKey: causeKeyOf(kind, key),
		},
	};
}
