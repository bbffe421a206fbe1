import { canonicalKey } from '../../model/keys';
import type {
	AccountFacts,
	DistributionType,
	GpDistribution,
	GpPayable,
	GpRecord,
} from '../../model/gp-records';
import type { KeyedRecords } from './read-by-keys';

/** How long what GP said of an account is believed: a chart of accounts changes slowly. */
const BELIEVED_MS = 6 * 3_600_000;
/** An account GP did not give is asked for again after this. */
const UNKNOWN_BELIEVED_MS = 15 * 60_000;
/** Up to so many unknown accounts are read one by one; more are worth one list of the chart. */
const FEW = 8;

/** Distributions whose account decides over cost; the others settle or move money. */
const ASKED_FOR: ReadonlySet<DistributionType> = new Set([
	'purchase',
	'other',
	'financeCharge',
	'freight',
	'miscellaneous',
	'tradeDiscount',
	'taxes',
	'gst',
]);

interface Known {
	until: number;
	facts: AccountFacts | null;
}

/** Owner (site and company) → account → what GP said. */
const known = new Map<string, Map<string, Known>>();

/**
 * Puts to the lines of payables what the chart of accounts says of their accounts: to each tax line
 * (whether its account is on the balance sheet), and to each line whose account is inactive. The few
 * accounts not known yet are read one by one, more by one list; both are believed for hours. An
 * account GP does not give is told as null, so that nobody takes it for looked up.
 */
export async function withAccountFacts(
	records: readonly GpRecord[],
	parts: {
		owner: string;
		now: number;
		read(accounts: string[]): Promise<KeyedRecords>;
		list(): Promise<GpRecord[]>;
	},
): Promise<GpRecord[]> {
	const accounts = accountsOf(parts.owner);
	const missing = new Map<string, string>();
	for (const record of records) {
		for (const { account } of askedFor(record)) {
			const entry = accounts.get(canonicalKey(account));
			if (!entry || entry.until <= parts.now) missing.set(canonicalKey(account), account.trim());
		}
	}
	missing.delete('');
	if (missing.size > 0) {
		const found =
			missing.size > FEW ? await parts.list() : (await parts.read([...missing.values()])).records;
		for (const key of missing.keys()) {
			accounts.set(key, { until: parts.now + UNKNOWN_BELIEVED_MS, facts: null });
		}
		for (const record of found) {
			if (record.kind !== 'account') continue;
			const { account, postingType, active, description } = record;
			accounts.set(canonicalKey(account), {
				until: parts.now + BELIEVED_MS,
				facts: { postingType: postingType ?? null, active, description },
			});
		}
	}
	return records.map((record) => {
		if (askedFor(record).length === 0) return record;
		const payable = record as GpPayable;
		return { ...payable, distributions: payable.distributions.map(withFacts) };
	});

	function withFacts(distribution: GpDistribution): GpDistribution {
		if (!isAskedFor(distribution)) return distribution;
		const facts = accounts.get(canonicalKey(distribution.account))?.facts ?? null;
		if (!isTax(distribution) && facts?.active !== false) return distribution;
		return { ...distribution, accountFacts: facts };
	}
}

function askedFor(record: GpRecord): GpDistribution[] {
	if (record.kind !== 'payable' || !Array.isArray(record.distributions)) return [];
	return record.distributions.filter(isAskedFor);
}

/** Not on lines of another company: its account is none of this one. */
function isAskedFor({ type, company }: GpDistribution): boolean {
	return company === undefined && ASKED_FOR.has(type);
}

function isTax({ type }: GpDistribution): boolean {
	return type === 'taxes' || type === 'gst';
}

function accountsOf(owner: string): Map<string, Known> {
	let accounts = known.get(owner);
	if (!accounts) known.set(owner, (accounts = new Map()));
	return accounts;
}
