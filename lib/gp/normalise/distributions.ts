import { contentHash } from '../../model/json-text';
import { canonicalKey } from '../../model/keys';
import { add, compare, type Decimal, isZero, subtract, toFixed } from '../../model/money';
import {
	CONTROL_TYPES,
	type DistributionType,
	type DocumentType,
	type GpDistribution,
	type GpPayable,
} from '../../model/gp-records';
import { codeOf, DISTRIBUTION_TYPES, readFlag, type RecordContext } from './code-lists';
import type { FieldReader } from './field-reader';
import { amount, text } from './values';

interface ReadLine extends Omit<GpDistribution, 'company'> {
	/** Company as the line has it: a database id, or a number of the company list; null where it has none. */
	company: string | null;
	/** DSTSQNUM, NaN where there is none. */
	sequence: number;
	/** APTVCHNM and SPCLDIST of a row that an application made; blank for a line of the document itself. */
	application: string;
	/** Side that has no column on this line. */
	missing: 'debit' | 'credit' | null;
	/** Of its amounts, where they say. */
	currency: string | null;
	position: number;
}

export interface Distributions {
	distributions: GpDistribution[];
	/** What their amounts are in, where all of them that are not zero say the same. */
	currency: string | null;
	/** The header says that lines are other companies', and the lines do not say which. */
	intercompany?: 'linesUnknown';
}

/** Types that may be a cost; the others settle or move money. */
export const MAY_COST: readonly DistributionType[] = [
	'purchase',
	'freight',
	'miscellaneous',
	'taxes',
	'gst',
	'tradeDiscount',
	'other',
	'financeCharge',
];

/** What is bought: on the other side than the document's own, it was another document, or a correction. */
const BOUGHT: DistributionType[] = ['purchase', 'freight', 'miscellaneous', 'financeCharge'];

/**
 * Lines of two documents of one number cannot be told apart everywhere: PM10100 and the Web Services do not
 * say whose a line is, and each document balances by itself. An invoice and a credit show by what is owed and what is
 * bought on both sides while the cost is not the amount. Lines of a payment cost nothing, and those of a void no more.
 */
export function refuseMixedLines(
	lines: readonly GpDistribution[],
	document: Pick<GpPayable, 'documentType' | 'voided'> & { amount: Decimal; retainage: Decimal },
	context: RecordContext,
	key: string,
): void {
	const isOnBothSides = (types: readonly DistributionType[]) =>
		[1, -1].every((side) =>
			lines.some(
				({ type, debit, credit }) => types.includes(type) && compare(debit, credit) === side,
			),
		);
	const isMixed = isOnBothSides(['payable']) && isOnBothSides(BOUGHT);
	if (!isMixed || document.voided || document.documentType === 'payment') return;
	const { retainage } = document;
	const isCredit = document.documentType === 'return' || document.documentType === 'creditMemo';
	// GP keeps it without a sign, a service may give it one.
	const total = isCredit ? document.amount.replace('-', '') : document.amount;
	const sum = (counts: (type: DistributionType, amount: Decimal) => boolean) =>
		lines.reduce<Decimal>((sumOf, { type, debit, credit }) => {
			const its = isCredit ? subtract(credit, debit) : subtract(debit, credit);
			return counts(type, its) ? add(sumOf, its) : sumOf;
		}, '0');
	const cost = sum((type) => MAY_COST.includes(type));
	// A discount that was available, and what is held back, count on the document's own side.
	const owed = sum((type, its) =>
		['other', 'discountAvailable'].includes(type) ? compare(its, '0') > 0 : MAY_COST.includes(type),
	);
	// What is held back may be a part of the amount or not, and stand in a line or not.
	const explained = [total, subtract(total, retainage), add(total, retainage)];
	if (explained.some((one) => [cost, owed].some((its) => compare(one, its) === 0))) return;
	throw context.malformed(
		'its distributions',
		`are mixed with those of another document of the same number: they cost ${toFixed(cost)}, and it amounts to ${toFixed(total)}`,
		key,
		{
			remedy:
				'Look in GP for further documents of this voucher number, and enter the cost of this one in Procore by hand.',
		},
	);
}

/** Lines that only documents of several companies have. */
const BETWEEN: ReadonlySet<DistributionType> = new Set(['dueTo', 'dueFrom']);

const NAME_THE_PART =
	'Name the part that holds the number in "nested" → "distributions" of the site profile, such as "DebitAmount.Amount".';

/**
 * Distributions of a payables document (PM10100, PM30600; SOAP PayablesDistribution). Of a list that the service
 * itself says is longer none are taken: those that came may well balance.
 */
export function distributionsOf(
	reader: FieldReader,
	context: RecordContext,
	document: { key: string; documentType: DocumentType },
): Distributions {
	const { rows, cut } = reader.list('distributions');
	if (cut !== null && !context.summary)
		throw context.malformed('the distributions', `are not all there: ${cut}`, document.key, {
			remedy:
				'Have the service give all distributions of a document at once (no page size for lists inside a record), or name a "detail" in the site profile that does.',
		});
	const read = rows.flatMap((raw, index) => {
		const line = context.nested('distributions', raw);
		return isOfTheDocument(line, document.documentType)
			? [readLine(line, index, context, document.key)]
			: [];
	});
	refuseMissingSides(read, context, document.key);
	const flags = ['isIntercompany', 'hasIntercompanyLines'].map((field) =>
		readFlag(reader, field, 'the intercompany flag', context, document.key),
	);
	const isForeign = companyTest(read, text(reader.plain('companyKey')), context.companyId);
	const told = read.some(({ company }) => company !== null) && isForeign !== null;
	const distributions = numbered(read).map(({ line, sequence }): GpDistribution => {
		const { company, type, account, debit, credit, reference, job, costCode, costType } = line;
		const foreign = company !== null && isForeign?.(company) === true;
		if (!foreign && account === '')
			throw context.malformed(`distribution ${line.position}`, 'has no account', document.key);
		return {
			sequence,
			type,
			account,
			debit,
			credit,
			reference,
			...(job === undefined ? {} : { job }),
			...(costCode === undefined ? {} : { costCode }),
			...(costType === undefined ? {} : { costType }),
			...(foreign ? { company: canonicalKey(company) } : {}),
		};
	});
	const differ = new Set(read.flatMap(({ company }) => company ?? [])).size > 1;
	// A site without the marks of the header: the lines by which companies owe each other tell.
	const owed = flags.every((flag) => flag === null) && read.some(({ type }) => BETWEEN.has(type));
	const unknown = read.length > 0 && !told && (flags.includes(true) || differ || owed);
	const currencies = new Set(
		read
			.filter(({ debit, credit }) => !isZero(debit) || !isZero(credit))
			.map((one) => one.currency),
	);
	const [currency = null] = currencies.size === 1 ? currencies : [];
	return { distributions, currency, ...(unknown ? { intercompany: 'linesUnknown' as const } : {}) };
}

/** Vouchers and payments are numbered apart, so one number may be both: CNTRLTYP tells whose line it is. */
function isOfTheDocument(line: FieldReader, documentType: DocumentType): boolean {
	const control = text(line.plain('control'));
	return control === null || Number(control) === CONTROL_TYPES[documentType];
}

function readLine(line: FieldReader, index: number, context: RecordContext, key: string): ReadLine {
	const label = `distribution ${index + 1}`;
	const { found: type, written } = line.ofKind('type', (value) =>
		codeOf(DISTRIBUTION_TYPES, value),
	);
	if (!type) throw context.malformed(label, `has the unknown type "${text(written) ?? ''}"`, key);
	const side = (field: 'debit' | 'credit'): Decimal => {
		const { found, written: value, opaque } = line.ofKind(field, amount);
		if (found === null && (value !== undefined || opaque))
			throw context.malformed(
				label,
				`has the ${field} "${text(value) ?? 'of several parts'}", which is not a number`,
				key,
				opaque ? { remedy: NAME_THE_PART } : {},
			);
		return found ?? '0';
	};
	const account = text(line.plain('account'));
	const company = text(line.plain('company'));
	if (!account && company === null) throw context.malformed(label, 'has no account', key);
	const sides = (['debit', 'credit'] as const).filter((field) => !line.has(field));
	if (sides.length === 2) throw context.malformed(label, 'has no debit and no credit amount', key);
	const special = text(line.plain('special'));
	return {
		sequence: Number(text(line.plain('sequence')) ?? Number.NaN),
		type,
		account: account ?? '',
		debit: side('debit'),
		credit: side('credit'),
		reference: text(line.plain('reference')),
		...jobOf(line),
		company,
		application: `${canonicalKey(text(line.plain('applied')))}${special && special !== '0' ? ` ${special}` : ''}`,
		missing: sides[0] ?? null,
		currency: text(line.currencyOf('debit')) ?? text(line.currencyOf('credit')),
		position: index + 1,
	};
}

/** What a job product keeps for the line; a cost code without a job is of no use. */
function jobOf(line: FieldReader): Pick<GpDistribution, 'job' | 'costCode' | 'costType'> {
	const job = text(line.plain('job'));
	if (job === null) return {};
	const [costCode, costType] = [text(line.plain('costCode')), text(line.plain('costType'))];
	return {
		job,
		...(costCode === null ? {} : { costCode }),
		...(costType === null ? {} : { costType }),
	};
}

/**
 * Services that leave out empty members leave out the side that is zero. That the other one is not
 * merely called otherwise shows when the document balances without it.
 */
function refuseMissingSides(lines: readonly ReadLine[], context: RecordContext, key: string): void {
	const lacking = lines.find(({ missing }) => missing !== null);
	if (!lacking) return;
	const sum = (field: 'debit' | 'credit') => add('0', ...lines.map((line) => line[field]));
	if (compare(sum('debit'), sum('credit')) === 0) return;
	throw context.malformed(
		`distribution ${lacking.position}`,
		`has no ${lacking.missing} amount, and the document does not balance without it`,
		key,
	);
}

/**
 * Whether a line's company is another one. Lines name the database (INTERID) or the number of the
 * company (SOAP CompanyKey). Which one is this company tells the setting or the document's own key; where
 * no line has the name of either, the line that owes the vendor. Null when nothing tells.
 */
function companyTest(
	lines: readonly ReadLine[],
	documentCompany: string | null,
	companyId: string,
): ((company: string) => boolean) | null {
	const namesOf = (some: readonly ReadLine[]) =>
		some.flatMap(({ company }) => (company === null ? [] : [canonicalKey(company)]));
	const own = new Set([
		canonicalKey(companyId),
		...(documentCompany === null ? [] : [canonicalKey(documentCompany)]),
	]);
	if (!namesOf(lines).some((name) => own.has(name)))
		for (const name of namesOf(lines.filter(({ type }) => type === 'payable'))) own.add(name);
	const isNumber = (name: string) => /^-?\d+$/.test(name);
	// Numbers, and none of ours to compare with: perhaps all of them are this company's.
	if (namesOf(lines).some(isNumber) && ![...own].some(isNumber)) return null;
	return (company) => !own.has(canonicalKey(company));
}

/** They keep a number that several lines have; an application's rows never are. */
const FIRST: readonly DistributionType[] = [...MAY_COST, 'payable'];

/**
 * The number by which Procore knows a line. PM10100 is unique by CNTRLTYP, APTVCHNM, SPCLDIST and
 * DSTSQNUM: when a payment is applied, rows with numbers that are taken may join the document's own.
 * The own ones keep theirs; the others get one from what they are, the same at every reading.
 */
function numbered(lines: readonly ReadLine[]): Array<{ line: ReadLine; sequence: number }> {
	const numbers = lines.filter(({ sequence }) => Number.isSafeInteger(sequence));
	if (numbers.length < lines.length)
		return lines.map((line, index) => ({ line, sequence: index + 1 }));
	const rank = ({ application, type }: ReadLine) =>
		(application === '' ? 0 : FIRST.length + 2) +
		(FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length);
	const taken = new Set<number>();
	return [...lines]
		.sort((left, right) => rank(left) - rank(right) || (identity(left) < identity(right) ? -1 : 1))
		.map((line) => {
			let { sequence } = line;
			for (let copy = 1; taken.has(sequence) || (line.application !== '' && copy === 1); copy += 1)
				sequence = made(line, copy);
			taken.add(sequence);
			return { line, sequence };
		})
		.sort((left, right) => left.sequence - right.sequence);
}

function identity({ sequence, type, account, application }: ReadLine): string {
	return JSON.stringify([application, sequence, type, canonicalKey(account)]);
}

/** Above every DSTSQNUM, which is a 32-bit number; 48 bits, so that it stays exact. */
function made(line: ReadLine, copy: number): number {
	const hash = contentHash([identity(line), copy]);
	return 2 ** 32 + Number.parseInt(hash.slice(0, 12), 16);
}
