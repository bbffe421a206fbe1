import type { Chosen } from '../crosswalk/chosen';
import { type CauseKind, readCauseKey } from '../../model/keys';
import type { CauseName } from './causes';

const CHOSEN: Partial<Record<CauseKind, Chosen>> = { J: 'job', A: 'account', V: 'vendor' };

type Words = (named: string) => string;

/** By reason code, and where a code has several kinds of keys by `code KIND`. */
const TITLES: Record<string, Words> = {
	'job-without-project': (job) => `Job ${job} has no project`,
	'job-ambiguous': (job) => `Several projects have the number of job ${job}`,
	'project-unknown': (job) => `Job ${job} names a project that Procore does not show`,
	'no-job': (account) => `No job was found for account ${account}`,
	'cost-code-missing A': (account) => `Account ${account} has no cost code`,
	'cost-code-missing C': (place) => `Project ${place.replace('/', ' has no cost code ')}`,
	'cost-type-missing': (type) => `Procore has no cost type ${type}`,
	'cost-on-receipt': (account) => `Account ${account} is a purchase accrual account`,
	'account-inactive': (account) => `Account ${account} is inactive and brings no cost code`,
	'tax-account-unknown': (account) => `Nobody knows whether the tax on account ${account} is cost`,
	'tax-code-missing': (detail) => `Tax detail ${detail} has no Procore tax code`,
	'foreign-currency': (currency) => `Documents in ${currency} have no amounts in your own currency`,
	'crosswalk-ambiguous J': (job) => `The rows of job ${job} decide differently`,
	'crosswalk-ambiguous A': (account) => `The rows of account ${account} decide differently`,
	'crosswalk-ambiguous V': (vendor) => `The rows of vendor ${vendor} decide differently`,
	'crosswalk-action-unknown J': (job) => `The row of job ${job} has an unknown action`,
	'crosswalk-action-unknown A': (account) => `The row of account ${account} has an unknown action`,
	'crosswalk-action-unknown V': (vendor) => `The row of vendor ${vendor} has an unknown action`,
	'vendor-missing': (vendor) => `Vendor ${vendor} is not in Procore`,
	'vendor-link-missing': (vendor) => `Vendor ${vendor} names a Procore vendor that is not there`,
	'vendor-linked-twice': (vendor) =>
		`Vendor ${vendor} is linked to the same Procore vendor as another one`,
	'linked-elsewhere': (vendor) => `Vendor ${vendor} is another Procore vendor already`,
	'tax-id-differs': (vendor) => `Vendor ${vendor} has its namesake’s name and another tax id`,
	'tax-id-ambiguous': (vendor) => `Several vendors have the tax id of ${vendor}`,
	'foreign-origin-id V': (vendor) => `Vendor ${vendor} would be a vendor that is taken`,
	'project-blocked': (project) => `Procore refuses project ${project}`,
	'commitments-unreadable': (project) => `The commitments of project ${project} cannot be read`,
	'row-refused': (fields) => `Procore refuses what stands in ${fields.replaceAll(' ', ', ')}`,
	'duplicate-invoice': () => 'The invoice number is taken in Procore',
	locked: () => 'Locked in Procore',
};

/** What the cause is, in one short sentence: "Job 800 has no project". */
export function causeTitle({ code, key }: Pick<CauseName, 'code' | 'key'>): string {
	const known = readCauseKey(key);
	const own = (name: string) => (Object.hasOwn(TITLES, name) ? TITLES[name] : undefined);
	const words = (known && own(`${code} ${known.kind}`)) ?? own(code);
	if (words && (known || words.length === 0)) return words(known?.value ?? '');
	const plain = code.replaceAll(/[-_]/g, ' ').toLowerCase();
	const title = plain.charAt(0).toUpperCase() + plain.slice(1);
	return known ? `${title}: ${known.value}` : title;
}

const BUTTONS: Record<Chosen, string> = {
	job: 'Choose a project',
	account: 'Choose a cost code',
	vendor: 'Choose a vendor',
};

/**
 * The job, account or vendor whose crosswalk row settles the cause, and what to call the way there.
 * Null where the cause lies elsewhere: its remedy says where.
 */
export function choiceFor({ key }: Pick<CauseName, 'key'>): {
	kind: Chosen;
	key: string;
	words: string;
} | null {
	const known = readCauseKey(key);
	const kind = known && CHOSEN[known.kind];
	return known && kind ? { kind, key: known.value, words: BUTTONS[kind] } : null;
}
