import { canonicalKey } from '../../model/keys';
import { add, compare, type Decimal, isZero } from '../../model/money';
import { declaration, DOCUMENT_TYPE_NUMBERS, type GpPayable } from '../../model/gp-records';
import {
	codeOf,
	DOCUMENT_TYPES,
	readFlag,
	type RecordContext,
	toldState,
	TRANSACTION_STATES,
} from './code-lists';
import { distributionsOf, refuseMixedLines } from './distributions';
import { asList, type FieldReader } from './field-reader';
import { amount, isoDate, text } from './values';

type Content = Omit<GpPayable, 'company' | 'modified' | 'hash' | 'extra' | 'raw'>;

/** Payables document (SOAP PayablesDocument; PM10000, PM20000, PM30200 with PM10100 or PM30600). */
export function payableContent(reader: FieldReader, context: RecordContext): Content {
	const voucher = text(reader.plain('voucher'));
	if (!voucher) throw context.malformed('the voucher number', 'is missing');
	const { found: documentType, written } = reader.ofKind('documentType', (value) =>
		codeOf(DOCUMENT_TYPES, value),
	);
	if (!documentType) {
		throw context.malformed(
			'the document type',
			`"${text(written) ?? ''}" is none of 1 to 6`,
			voucher,
			{ absent: !reader.has('documentType') },
		);
	}
	const key = `${DOCUMENT_TYPE_NUMBERS[documentType]};${voucher}`;
	const money = (field: string, label: string): Decimal | null => {
		const { found, written: value, opaque } = reader.ofKind(field, amount);
		if (found !== null) return found;
		if (value !== undefined)
			throw context.malformed(label, `"${text(value)}" is not a number`, key);
		// An empty column says that there is none; without a column, or behind an object, nobody knows.
		return reader.has(field) && !opaque ? '0' : null;
	};
	const documentAmount = money('documentAmount', 'the document amount');
	if (documentAmount === null || isEmpty(reader, 'documentAmount'))
		throw context.malformed('the document amount', 'is missing', key);
	const retainage = money('retainage', 'the retainage');
	const date = (field: string, label: string) => {
		const value = reader.plain(field);
		const day = isoDate(value, context.moments);
		if (day === undefined)
			throw context.malformed(
				label,
				`"${text(value)}" is not a date: it is none ("dateFormat" of the site profile says how days are written that are not ISO), or a moment that is no midnight in ${context.moments.dateZone ?? 'one zone alone'} ("dateZone" of the site profile)`,
				key,
			);
		return day;
	};
	const vendorId = text(reader.plain('vendorId'));
	if (!vendorId) throw context.malformed('the vendor id', 'is missing', key);
	const postedDate = date('postedDate', 'the posted date');
	const state = transactionState(reader, context, key, postedDate !== null);
	const { currency, ...lines } = distributionsOf(reader, context, { key, documentType });
	const voided = isVoided(reader, context, key, state);
	if (!context.summary)
		refuseMixedLines(
			lines.distributions,
			{ documentType, voided, amount: documentAmount, retainage: retainage ?? '0' },
			context,
			key,
		);
	const untold = ASKED.filter((field) => !reader.has(field) && context.absent(field) === undefined);
	return {
		kind: 'payable',
		key,
		voucher,
		documentType,
		documentNumber: text(reader.plain('documentNumber')) ?? '',
		vendorId,
		vendorName: text(reader.plain('vendorName')),
		state,
		voided,
		documentDate: date('documentDate', 'the document date'),
		postingDate: date('postingDate', 'the posting date'),
		dueDate: date('dueDate', 'the due date'),
		postedDate,
		description: text(reader.plain('description')),
		purchaseOrderNumber: text(reader.plain('purchaseOrderNumber')),
		batch: text(reader.plain('batch')),
		paymentTermsId: text(reader.plain('paymentTermsId')),
		currencyId: text(reader.plain('currencyId')),
		amounts: {
			document: documentAmount,
			purchases: money('purchases', 'the purchases amount'),
			tradeDiscount: money('tradeDiscount', 'the trade discount'),
			freight: money('freight', 'the freight amount'),
			miscellaneous: money('miscellaneous', 'the miscellaneous amount'),
			tax: money('tax', 'the tax amount'),
			retainage,
		},
		...(retainage === null ? { retainageUnknown: true as const } : {}),
		...(untold.length > 0 && !context.summary ? { untold } : {}),
		...(isOriginating(reader, currency) ? { amountsAreForeign: true as const } : {}),
		...lines,
		taxes: taxes(reader, context, key),
	};
}

/**
 * A document with an exchange rate is in another currency than the company's; where its lines are in the
 * document's currency as well, their amounts are no amounts of the books.
 */
function isOriginating(reader: FieldReader, ofLines: string | null): boolean {
	const rate = amount(reader.plain('exchangeRate'));
	if (rate === null || isZero(rate) || compare(rate, '1') === 0 || ofLines === null) return false;
	return canonicalKey(ofLines) === canonicalKey(text(reader.plain('currencyId')));
}

/** Fields a mapping may go by; see field-maps.ts. */
const ASKED = ['documentDate', 'postingDate', 'purchaseOrderNumber', 'currencyId'] as const;

/**
 * Whether GP voided it. A posted document that does not tell is refused: taken for valid it would stay a
 * cost for ever. One that is not posted is deleted rather than voided (PM10000 has no such column).
 */
function isVoided(
	reader: FieldReader,
	context: RecordContext,
	key: string,
	state: GpPayable['state'],
): boolean {
	const told = readFlag(reader, 'voided', 'the voided flag', context, key);
	if (told !== null) return told;
	if (context.summary || state === 'unposted' || context.absent('voided') !== undefined)
		return false;
	throw context.malformed('the voided flag', 'is missing: nobody knows whether it is a cost', key, {
		absent: true,
		remedy: `Name the column in "fields" of the site profile ("Survey" of the Dynamics GP node shows the columns there are). Only where the service leaves the flag out of documents that are not voided, say so in the profile: ${declaration('payable', 'voided')}`,
	});
}

/** Whether the record as it is would be refused for it. */
export function leavesVoidOpen(reader: FieldReader, context: RecordContext): boolean {
	if (reader.plain('voided') !== undefined || context.absent('voided') !== undefined) return false;
	return reader.ofKind('state', (value) => codeOf(TRANSACTION_STATES, value)).found !== 'unposted';
}

function isEmpty(reader: FieldReader, field: string): boolean {
	return reader.plain(field) === undefined;
}

/**
 * A site that does not tell the state tells at least whether the document was posted. Two or three
 * letters are the region of an address, as long as the posted date can tell instead. Numbers count from 1, as
 * DCSTATUS does, or from 0, as .NET writes an enumeration into JSON: where 1 has a posted date it is Open, and 0
 * without one is Work. A document of which neither is known is refused: taken for unposted it would be left
 * out, or stay a draft. Only a summary may lack both, since the record itself follows.
 */
function transactionState(
	reader: FieldReader,
	context: RecordContext,
	key: string,
	posted: boolean,
): GpPayable['state'] {
	const { found, written } = toldState(reader, posted, context.summary);
	if (found) return found;
	const isFromZero = text(written) === '0' && !posted;
	const isRegion = /^[a-z]{2,3}$/i.test(text(written) ?? '') && reader.has('postedDate');
	if (written !== undefined && !isRegion && !isFromZero)
		throw context.malformed('the state', `"${text(written)}" is none of Work, Open, History`, key);
	if (posted) return 'open';
	if (reader.has('postedDate')) return 'unposted';
	if (context.summary) return context.anyState;
	throw context.malformed(
		'the state',
		'is missing, and no posted date tells whether it was posted (name the column in "fields" of the site profile)',
		key,
		{ absent: true },
	);
}

function taxes(reader: FieldReader, context: RecordContext, key: string): GpPayable['taxes'] {
	return asList(reader.value('taxes')).map((raw, index) => {
		const line = context.nested('taxes', raw);
		const part = (field: string): Decimal | null => {
			const value = line.plain(field);
			if (value === undefined) return null;
			const decimal = amount(value);
			if (decimal === null)
				throw context.malformed(`tax ${index + 1}`, `"${text(value)}" is not a number`, key);
			return decimal;
		};
		const whole = part('amount');
		const parts = [part('purchases'), part('freight'), part('miscellaneous')].filter(
			(value) => value !== null,
		);
		if (whole === null && parts.length === 0)
			throw context.malformed(`tax ${index + 1}`, 'has no amount', key);
		return {
			taxDetailId: text(line.plain('taxDetailId')),
			account: text(line.plain('account')),
			amount: whole ?? add(...parts),
		};
	});
}
