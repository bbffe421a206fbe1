import type { SentAs } from '../model/desired';
import type { GpPayable } from '../model/gp-records';
import { type Accounts, accountsOf } from './accounts';
import { type CrosswalkIndex, indexCrosswalk, keyOf, text } from './crosswalk-index';
import { type Jobs, jobsOf } from './jobs';
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
	for (const [given, ids] of Object.entries(input.earlierProjects ?? {})) {
		const key = keyOf(given);
		earlier.set(key, [...(earlier.get(key) ?? []), ...ids.map(text)]);
	}
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
