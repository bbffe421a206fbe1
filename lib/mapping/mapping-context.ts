import { contentHash } from '../model/json-text';
import type { SentAs, SourceReference } from '../model/desired';
import { DOCUMENT_TYPES, type GpPayable, type GpRecord, type GpVendor } from '../model/gp-records';
import { addTo, type AffectedKeyKind, canonicalKey, writeAffectedKeys } from '../model/keys';
import { type Accounts, accountsOf } from './accounts';
import { type CrosswalkIndex, indexCrosswalk, keyOf, text } from './crosswalk-index';
import { type Jobs, jobsOf } from './jobs';
import { mayCost } from './payable-cost';
import type { RuleValues } from './policies.types';
import { type CheckedSettings, checkSettings, mappingVersion } from './settings-check';
import type { MappingInput, ProjectCandidate } from './types';

export interface FoundJob {
	job: string;
	/** The place it stood in, e.g. "account segment 1". */
	rule: string;
}

/** What a line shows before anything is decided: its job number, and what the rules say. */
interface LineInspection {
	found: FoundJob | null;
	byRule: RuleValues;
}

interface JobPlaces {
	settings: Pick<CheckedSettings, 'jobFinders'>;
}

/** Job number of a line: what a job product of GP says of it, else the places in order; the first that has one wins. */
export function findJob(
	line: { account: string; reference: string | null; job?: string },
	payable: Pick<GpPayable, 'description' | 'purchaseOrderNumber'>,
	context: JobPlaces,
): FoundJob | null {
	if (line.job?.trim()) return { job: line.job.trim(), rule: 'job of the line in GP' };
	const texts = {
		accountSegment: line.account,
		account: line.account,
		reference: line.reference,
		description: payable.description,
		purchaseOrder: payable.purchaseOrderNumber,
	};
	for (const finder of context.settings.jobFinders) {
		const job = finder.find(texts[finder.rule.from]);
		if (job !== null) return { job, rule: finder.name };
	}
	return null;
}

/** Job of an account by itself; null for an account of the company itself. */
export function jobOfAccount(account: string, context: JobPlaces): FoundJob | null {
	for (const finder of context.settings.jobFinders) {
		if (finder.rule.from !== 'accountSegment' && finder.rule.from !== 'account') continue;
		const job = finder.find(account);
		if (job !== null) return { job, rule: finder.name };
	}
	return null;
}

/** Whether jobs stand in texts of documents only: no account then belongs to a project by itself. */
export function jobsStandInTexts({ settings }: JobPlaces): boolean {
	const inAccounts = ['accountSegment', 'account'];
	const { jobFinders } = settings;
	return jobFinders.length > 0 && jobFinders.every(({ rule }) => !inAccounts.includes(rule.from));
}

/** Everything mapping one record may look at, for records of one GP company. */
export interface MappingContext {
	company: string;
	settings: CheckedSettings;
	/** Of the settings; see mappingVersion. */
	version: string;
	crosswalk: CrosswalkIndex;
	projects: ProjectCandidate[];
	jobs: Jobs;
	accounts: Accounts;
	/** Null: it has none. Undefined: nobody has looked. */
	vendorClass(payable: Pick<GpPayable, 'vendorId' | 'vendorClassId'>): string | null | undefined;
	/** What the lines of each document show. */
	inspections: WeakMap<GpPayable, Map<string, LineInspection>>;
	/** Account → the project and code of each cost code it brings, of the accounts asked about. */
	codesBrought: Map<string, ReadonlySet<string>>;
	/** Procore projects the payable with this key was sent to before. */
	earlierProjects(key: string): string[];
	/** Project → how the payable with this key was last sent there. */
	sentBefore(key: string): Readonly<Record<string, SentAs>>;
	/** Whether a document is in another currency than the company's own. */
	isForeignCurrency(payable: Pick<GpPayable, 'currencyId'>): boolean;
}

/** @throws MappingSettingsError */
export function contextFor(company: string, input: MappingInput): MappingContext {
	const settings = checkSettings(input.settings);
	const crosswalk = indexCrosswalk(input.crosswalk, company);
	const earlier = new Map<string, string[]>();
	for (const [given, ids] of Object.entries(input.earlierProjects ?? {}))
		for (const id of ids) addTo(earlier, keyOf(given), text(id));
	const sent = new Map<string, Record<string, SentAs>>();
	for (const [given, projects] of Object.entries(input.sentBefore ?? {}))
		sent.set(keyOf(given), { ...sent.get(keyOf(given)), ...projects });
	const ownCurrency = keyOf(settings.functionalCurrency);
	const classes = new Map(
		Object.entries(input.vendorClasses ?? {}).map(([id, name]) => [keyOf(id), name]),
	);
	return {
		company,
		settings,
		version: mappingVersion(input.settings),
		crosswalk,
		projects: input.projects,
		jobs: jobsOf({
			company,
			crosswalk,
			projects: input.projects,
			matchProjectNumber: settings.matchProjectNumber,
		}),
		accounts: accountsOf({ company, crosswalk, settings }),
		vendorClass: ({ vendorId, vendorClassId }) =>
			vendorClassId === undefined ? classes.get(keyOf(vendorId)) : vendorClassId,
		inspections: new WeakMap(),
		codesBrought: new Map(),
		earlierProjects: (key) => [...new Set(earlier.get(keyOf(key)))].filter((id) => id !== ''),
		sentBefore: (key) => sent.get(keyOf(key)) ?? {},
		isForeignCurrency: ({ currencyId }) =>
			ownCurrency !== '' && text(currencyId) !== '' && keyOf(currencyId) !== ownCurrency,
	};
}

/** Looked at once per account, reference and job of a document: audit and decision both want it. */
export function inspectLine(
	line: { account: string; reference: string | null; job?: string },
	payable: GpPayable,
	context: MappingContext,
): LineInspection {
	let ofDocument = context.inspections.get(payable);
	if (!ofDocument) context.inspections.set(payable, (ofDocument = new Map()));
	const key = `${line.account}\n${line.reference ?? ''}\n${line.job ?? ''}`;
	let inspection = ofDocument.get(key);
	if (!inspection) {
		inspection = {
			found: findJob(line, payable, context),
			byRule: context.settings.rules.valuesFor({
				account: line.account,
				reference: line.reference,
				payable,
				vendorClass: context.vendorClass(payable),
			}),
		};
		ofDocument.set(key, inspection);
	}
	return inspection;
}

/** Letters of the hash that are kept: enough to tell two states of one document apart. */
const LENGTH = 12;

/** What of a document the mapping looks at, as a short hash: see `SourceReference.content`. */
function payableContent(payable: GpPayable): string {
	const { documentNumber, vendorId, vendorName, documentDate, postingDate, dueDate } = payable;
	const { postedDate, description, purchaseOrderNumber, batch, paymentTermsId } = payable;
	const { currencyId, amounts, voided } = payable;
	const content = {
		...{ documentNumber, vendorId, vendorName, documentDate, postingDate, dueDate, postedDate },
		...{ description, purchaseOrderNumber, batch, paymentTermsId, currencyId, voided },
		retainage: amounts?.retainage ?? '0',
		posted: payable.state !== 'unposted',
		...(payable.paidOn ? { paidOn: payable.paidOn } : {}),
		...(payable.amountsAreForeign ? { foreign: true } : {}),
		taxes: (payable.taxes ?? []).map(({ taxDetailId }) => taxDetailId),
		distributions: Array.isArray(payable.distributions)
			? payable.distributions.map(
					({ sequence, type, account, debit, credit, reference, job, costCode, costType }) => ({
						...{ sequence, type, account, debit, credit, reference },
						...(job === undefined ? {} : { job, costCode, costType }),
					}),
				)
			: null,
	};
	return contentHash(content).slice(0, LENGTH);
}

/** What of a vendor the mapping looks at, as a short hash: see `SourceReference.content`. */
export function vendorContent(vendor: GpVendor): string {
	const { vendorId, name, email, website, status, addresses } = vendor;
	return contentHash({ vendorId, name, email, website, status, address: addresses?.[0] }).slice(
		0,
		LENGTH,
	);
}

/**
 * Everything a record has to do with, whatever becomes of it: also of lines that are left out or
 * wait, so that a changed crosswalk row finds each record it may concern.
 */
function affectedKeysOf(record: GpRecord, context: MappingContext): string {
	const touches: Array<[AffectedKeyKind, unknown]> =
		record.kind === 'vendor'
			? [['V', record.vendorId]]
			: record.kind === 'account'
				? [
						['J', jobOfAccount(text(record.account), context)?.job],
						['A', record.account],
					]
				: affectedKeysOfPayable(record, context);
	return writeAffectedKeys(touches.map(([kind, value]) => ({ kind, value: text(value) })));
}

function affectedKeysOfPayable(
	payable: GpPayable,
	context: MappingContext,
): Array<[AffectedKeyKind, unknown]> {
	const jobs = new Set<string>();
	const accounts = new Set<string>();
	// Malformed records come here too, on their way to the parked table.
	const distributions = Array.isArray(payable.distributions) ? payable.distributions : [];
	const behind = (payable.receiptLines ?? []).map(({ account, description, job }) => ({
		...{ type: 'purchase' as const, account: account ?? '', company: undefined },
		...{ reference: description, job: job ?? undefined },
	}));
	for (const { type, account, company, reference: written, job } of [...distributions, ...behind]) {
		if (!mayCost(type) || company !== undefined) continue;
		const reference = written ?? null;
		accounts.add(text(account));
		const line = { account: text(account), reference, ...(job === undefined ? {} : { job }) };
		const { found, byRule } = inspectLine(line, payable, context);
		if (found) jobs.add(found.job);
		if (byRule.job) jobs.add(byRule.job.value);
	}
	return [
		['V', payable.vendorId],
		['VOUCHER', payable.voucher],
		['DOC', payable.documentNumber],
		...[...jobs].map((job): [AffectedKeyKind, string] => ['J', job]),
		...[...accounts].map((account): [AffectedKeyKind, string] => ['A', account]),
	];
}

/** Reference that goes with the record through sync into the audit trail. */
export function sourceOf(record: GpRecord, context: MappingContext): SourceReference {
	return {
		company: record.company,
		entity: record.kind,
		// A record stored by an older version has it as GP spelled it.
		key: canonicalKey(record.key),
		label: labelOf(record),
		...(record.kind === 'payable' ? factsOfPayable(record) : {}),
		...(record.kind === 'vendor' ? { content: vendorContent(record) } : {}),
		...(record.modified ? { modified: record.modified } : {}),
		...(record.stored ? { stored: true as const } : {}),
		hash: record.hash,
		touches: affectedKeysOf(record, context),
		mappingVersion: context.version,
	};
}

function factsOfPayable(payable: GpPayable): Partial<SourceReference> {
	const vendorName = text(payable.vendorName);
	return {
		state: payable.state,
		content: payableContent(payable),
		...(vendorName === '' ? {} : { vendorName }),
	};
}

function labelOf(record: GpRecord): string {
	if (record.kind === 'vendor') return text(record.name) || record.vendorId;
	if (record.kind === 'account') {
		return record.description ? `${record.account} ${record.description}` : record.account;
	}
	return payableLabel(record);
}

/** "Invoice INV-88 of ACME0001, voucher 00417". */
export function payableLabel(payable: GpPayable): string {
	const number = text(payable.documentNumber);
	const name = DOCUMENT_TYPES[payable.documentType]?.name ?? payable.documentType;
	return `${name}${number ? ` ${number}` : ''} of ${payable.vendorId}, voucher ${payable.voucher}`;
}
