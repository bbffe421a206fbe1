import { decodeText, limitsFor, runStepsInTurns, type Steps } from '../../../http/read-body';
import { readXml, XmlRefused } from '../../../http/xml-steps';
import type { GpErrorContext } from '../../errors/gp-error';
import type { GpHttpResponse } from '../../http';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { xmlFault } from '../../response/decode-body';

/** A payables document stands eight elements deep; anything far deeper is no answer of GP. */
const MAX_DEPTH = 32;

/**
 * The root element of a message, namespaces off, as nested members of text; `@type` keeps the concrete
 * type of an abstract element, `xsi:nil` and empty elements are null. A document type, which could
 * define entities, is refused; the five of XML and characters by number are all that is expanded.
 */
export async function readMessage(
	response: GpHttpResponse,
	context: () => GpErrorContext,
): Promise<RawRecord> {
	function* read(): Steps<RawRecord> {
		const text = yield* decodeText(response.body, response.headers['content-type']);
		const limits = { ...limitsFor(response.body.length), depth: MAX_DEPTH };
		const options = { limits, types: true, keepBlanks: true, withRoot: true };
		return (yield* readXml(text.trimStart(), options)) as RawRecord;
	}
	try {
		return await runStepsInTurns(read());
	} catch (error) {
		throw error instanceof XmlRefused ? xmlFault(error, { ...context(), cause: error }) : error;
	}
}

/** The rows inside a list element, one or many: `<Taxes><PayablesTax/><PayablesTax/></Taxes>`. */
export function rowsIn(list: unknown): RawRecord[] {
	if (!isRecord(list)) return [];
	return Object.entries(list)
		.filter(([name]) => name !== '@type')
		.flatMap(([, rows]) => (Array.isArray(rows) ? rows : [rows]))
		.filter(isRecord);
}

/** The first element of that name anywhere inside, for parts whose place nobody has documented. */
export function findElement(node: unknown, name: string, depth = 0): unknown {
	if (depth > MAX_DEPTH) return undefined;
	if (Array.isArray(node)) {
		for (const item of node) {
			const found = findElement(item, name, depth + 1);
			if (found !== undefined) return found;
		}
		return undefined;
	}
	if (!isRecord(node)) return undefined;
	if (name in node) return node[name];
	for (const value of Object.values(node)) {
		const found = findElement(value, name, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Text as XML takes it: markup escaped, and without the characters XML has no way to write. */
export function xmlText(text: string): string {
	return (
		text
			// eslint-disable-next-line no-control-regex -- exactly these are not allowed in XML 1.0
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
	);
}
