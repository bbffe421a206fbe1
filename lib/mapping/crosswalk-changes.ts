import { ConnectorError } from '../model/connector-error';
import { addTo, affectedKeyToken } from '../model/keys';
import {
	CrosswalkZerosLostError,
	isSkip,
	keyOf,
	sameKey,
	text,
	withoutZeros,
} from './crosswalk-index';
import { contextFor, type MappingContext } from './mapping-context';
import type { Crosswalk, MappingInput } from './types';
import { type TableRow, TABLES } from '../tables/tables';

/** Which of the crosswalks: job → project, account → cost code, vendor → vendor. */
export type CrosswalkKind = 'J' | 'A' | 'V';

/** What the crosswalks decided when their records were last looked at: a row per decision with an effect. */
export type SeenDecision = TableRow<'decisions'>;

export interface ChangedDecision {
	kind: CrosswalkKind;
	key: string;
	/** To be found in `touches` of the events of its records, e.g. `|A:300-5110-02|`. */
	token: string;
	/** Only the account itself: nothing but the name of its cost code changed. */
	accountOnly: boolean;
}

export interface CrosswalkChanges {
	changed: ChangedDecision[];
	/** Rows to insert, once the records concerned are asked for. */
	remember: SeenDecision[];
	/** Ids of rows to delete then. */
	forget: number[];
}

type Edited = { createdAt?: unknown; updatedAt?: unknown };

/**
 * A crosswalk table was renamed, deleted or emptied in n8n: the sync makes one that is absent anew, empty. To
 * go on would undo what people decided in it, for each record they decided for.
 */
export class CrosswalkLostError extends ConnectorError {
	readonly code = 'crosswalk-lost';
	readonly scope = 'configuration' as const;

	constructor(kind: CrosswalkKind, company: string, lost: readonly string[]) {
		const table = TABLES[TABLE_OF[kind]].name;
		const named = `${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ' …' : ''}`;
		super(
			`The table ${table} has lost what was decided in it for GP company ${company}: nothing of it stands there any more (${named})`,
			{
				remedy: `Give the old table its name back, once the new one is deleted, or write in again what was chosen: the events of these records tell it. Keep the sync unpublished until all of it stands there: what is missing then counts as taken back. Nothing was read from GP or written to Procore. If it is meant so, write a note into one of its rows in n8n, or add one for ${lost[0]} with a note and nothing chosen: the next run then reads again all that it concerned.`,
				table,
				company,
			},
		);
	}
}

/** Where a row is gone and the same decision stands under its number without zeros, or a second row beside one decided on. */
function refuseZerosLost(
	{ company, crosswalk }: { company: string; crosswalk: Crosswalk },
	seen: readonly SeenDecision[],
	now: ReadonlyMap<string, SeenDecision>,
): void {
	const gone = seen.filter(
		({ kind, gp_key: key, decision }) => decision !== '' && !now.has(idOf(kind, key)),
	);
	const known = new Set(seen.map(({ kind, gp_key: key }) => idOf(kind, key)));
	const [once, twice] = [new Set<string>(), new Set<string>()];
	for (const id of gone.length > 0 ? rowIds(company, crosswalk) : [])
		(once.has(id) ? twice : once).add(id);
	const lost = gone.filter(({ kind, gp_key: key, decision }) => {
		const short = idOf(kind, withoutZeros(key));
		return known.has(short) ? twice.has(short) : now.get(short)?.decision === decision;
	});
	const kind = lost[0]?.kind as CrosswalkKind | undefined;
	if (kind === undefined) return;
	const keys = lost.filter((row) => row.kind === kind).map(({ gp_key }) => gp_key);
	throw new CrosswalkZerosLostError(TABLE_OF[kind], company, [...new Set(keys)]);
}

function rowIds(company: string, { projects, accounts, vendors }: Crosswalk): string[] {
	return [
		...ofCompany(company)(projects).map((row) => idOf('J', row.gp_job)),
		...ofCompany(company)(accounts).map((row) => idOf('A', row.gp_account)),
		...ofCompany(company)(vendors).map((row) => idOf('V', row.gp_vendor_id)),
	];
}

const TABLE_OF = { J: 'projects', A: 'accounts', V: 'vendors' } as const;

/**
 * Runs add a row for each job and each account they meet: without one of some age, or one that a person wrote
 * in, the table is a new one. Vendors are added by people alone, who may well take the only one out again.
 *
 * @throws CrosswalkLostError
 */
function refuseLost(
	kind: CrosswalkKind,
	company: string,
	rows: readonly object[],
	seen: readonly SeenDecision[],
	now: ReadonlyMap<string, SeenDecision>,
	context: MappingContext,
): void {
	const decided = seen.filter((row) => row.kind === kind && row.decision !== '');
	const keys = [...new Set(decided.map(({ gp_key }) => gp_key))];
	const stands = (row: SeenDecision) => {
		const found = now.get(idOf(kind, row.gp_key));
		return found !== undefined && (found.decision !== '' || saysStill(row, context));
	};
	if (keys.length === 0 || decided.some(stands)) return;
	const since = Math.min(...decided.map((row) => timeOf((row as Edited).createdAt)));
	const isNew = (row: Edited) => timeOf(row.createdAt) > since && !wasEdited(row);
	const isLost =
		kind === 'V' ? rows.length === 0 && keys.length > 1 : rows.every((row) => isNew(row as Edited));
	if (isLost) throw new CrosswalkLostError(kind, company, keys);
}

/**
 * Whether a row that has no effect of its own any more says what was decided nevertheless: its project was closed
 * in Procore or given the number of the job, or the mapping has come to say the same.
 */
function saysStill(
	{ kind, gp_key: key, decision }: SeenDecision,
	context: MappingContext,
): boolean {
	if (kind === 'J') {
		const job = context.jobs.decide(key);
		return job.kind === 'unknown'
			? job.byRow === true
			: job.kind === 'project' && job.projectId === decision;
	}
	const account = context.accounts.decide(key);
	return account.kind === 'cost' && `${account.costCode} ${account.costType}` === decision;
}

const MAPPING = 'M';

/**
 * What people changed in the crosswalk tables since their records were last looked at: rows edited,
 * added and deleted. Compared is what a row brings about, not when it was written: the rows a run
 * proposes say only what would hold without them, and a note that is edited changes nothing. After a
 * change of the mapping itself, rows nobody touched begin to say something else than it: they are
 * remembered as they are.
 *
 * @throws MappingSettingsError
 * @throws CrosswalkLostError
 * @throws CrosswalkZerosLostError
 */
export function crosswalkChanges(
	input: Omit<MappingInput, 'records'> & {
		company: string;
		seen: readonly SeenDecision[];
		/** mappingVersion of the settings. */
		mappingVersion: string;
	},
): CrosswalkChanges {
	const context = contextFor(input.company, { ...input, records: [] });
	const now = decisionsNow(input, context);
	now.set(idOf(MAPPING, MAPPING), {
		gp_company: input.company,
		kind: MAPPING,
		gp_key: MAPPING,
		decision: input.mappingVersion,
		name: '',
	});
	const seen = new Map<string, SeenDecision[]>();
	for (const row of input.seen) {
		if (!sameKey(row.gp_company, input.company)) continue;
		addTo(seen, idOf(row.kind, row.gp_key), row);
	}
	const known = [...seen.values()].flat();
	const rowsOf = ofCompany(input.company);
	refuseLost('J', input.company, rowsOf(input.crosswalk.projects), known, now, context);
	refuseLost('A', input.company, rowsOf(input.crosswalk.accounts), known, now, context);
	refuseLost('V', input.company, rowsOf(input.crosswalk.vendors), known, now, context);
	refuseZerosLost(input, known, now);
	const judgedBy = seen.get(idOf(MAPPING, MAPPING))?.at(-1)?.decision;
	const newMapping = judgedBy !== undefined && judgedBy !== input.mappingVersion;
	const touched = newMapping ? editedKeys(input.crosswalk) : null;
	const changes: CrosswalkChanges = { changed: [], remember: [], forget: [] };
	for (const id of new Set([...now.keys(), ...seen.keys()])) {
		const before = seen.get(id)?.at(-1);
		const after = now.get(id);
		const decided = (before?.decision ?? '') !== (after?.decision ?? '');
		const named = (before?.name ?? '') !== (after?.name ?? '');
		if (!decided && !named) {
			// Left by a run that had remembered the newer one and failed before it forgot this one.
			changes.forget.push(...idsOf((seen.get(id) ?? []).slice(0, -1)));
			continue;
		}
		const { kind, gp_key: key } = (after ?? before) as SeenDecision;
		const byPerson = kind !== MAPPING && (touched === null || before || touched.has(id));
		if (byPerson) {
			changes.changed.push({
				kind: kind as CrosswalkKind,
				key,
				token: affectedKeyToken(kind as CrosswalkKind, key),
				accountOnly: !decided,
			});
		}
		changes.forget.push(...idsOf(seen.get(id) ?? []));
		if (after && (after.decision !== '' || after.name !== '')) changes.remember.push(after);
	}
	return changes;
}

/** Every decision that changes what would hold without its row. */
function decisionsNow(
	{ company, crosswalk }: Pick<MappingInput, 'crosswalk'> & { company: string },
	context: MappingContext,
): Map<string, SeenDecision> {
	const decisions = new Map<string, SeenDecision>();
	const put = (kind: CrosswalkKind, given: string, decision: string, name = '') => {
		const key = keyOf(given);
		if (key !== '') {
			decisions.set(idOf(kind, key), { gp_company: company, kind, gp_key: key, decision, name });
		}
	};
	const rowsOf = ofCompany(company);
	for (const { gp_job } of rowsOf(crosswalk.projects)) {
		put('J', gp_job, jobDecision(gp_job, context));
	}
	for (const row of rowsOf(crosswalk.accounts)) {
		const account = row.gp_account;
		const known = decisions.get(idOf('A', keyOf(account)))?.name ?? '';
		const name = wasEdited(row as Edited) ? text(row.cost_code_name) : '';
		put('A', account, accountDecision(account, context), known || name);
	}
	for (const { gp_vendor_id } of rowsOf(crosswalk.vendors)) {
		put('V', gp_vendor_id, vendorDecision(gp_vendor_id, context));
	}
	return decisions;
}

const ofCompany =
	(company: string) =>
	<Row extends { gp_company: string }>(rows: readonly Row[]) =>
		rows.filter((row) => sameKey(row.gp_company, company));

function jobDecision(job: string, { crosswalk, jobs }: MappingContext): string {
	if (crosswalk.project(job).problem) return AMBIGUOUS;
	const decision = jobs.decide(job);
	if (decision.kind === 'skip') return 'skip';
	return decision.kind === 'project' && decision.chosen ? decision.projectId : '';
}

function accountDecision(account: string, context: MappingContext): string {
	if (context.crosswalk.account(account).problem) return AMBIGUOUS;
	const decision = context.accounts.decide(account);
	if (decision.kind === 'skip') return 'skip';
	if (decision.kind === 'accrual') return decision.chosen ? 'accrual' : '';
	if (decision.kind !== 'cost') return '';
	const { chosen, costCode, costType } = decision;
	const makesItCost = !context.settings.isCostAccount(account);
	return chosen.costCode || chosen.costType || makesItCost ? `${costCode} ${costType}` : '';
}

function vendorDecision(vendorId: string, { crosswalk }: MappingContext): string {
	const { row, problem } = crosswalk.vendor(vendorId);
	if (problem) return AMBIGUOUS;
	return isSkip(row) ? 'skip' : text(row?.procore_vendor_id);
}

/** Rows that a person wrote in. */
function editedKeys({ projects, accounts, vendors }: Crosswalk): Set<string> {
	const edited = <Row extends object>(rows: Row[]) =>
		rows.filter((row) => wasEdited(row as Edited));
	return new Set([
		...edited(projects).map((row) => idOf('J', row.gp_job)),
		...edited(accounts).map((row) => idOf('A', row.gp_account)),
		// No run ever adds a vendor.
		...vendors.map((row) => idOf('V', row.gp_vendor_id)),
	]);
}

const idsOf = (rows: readonly SeenDecision[]) => rows.flatMap((row) => row.id ?? []);

/** Nobody can tell what the rows decide: the records wait, and are looked at again once it is told. */
const AMBIGUOUS = 'ambiguous';

/** A run only adds rows: one that was written again was edited by a person. */
function wasEdited({ createdAt, updatedAt }: Edited): boolean {
	return timeOf(updatedAt) > timeOf(createdAt);
}

function timeOf(value: unknown): number {
	return value instanceof Date ? value.getTime() : Date.parse(text(value));
}

function idOf(kind: string, key: string): string {
	return `${kind} ${keyOf(key)}`;
}
