import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { GpInvalidBody } from '../../errors/answers';
import type { GpErrorContext } from '../../errors/gp-error';
import { isRecord, type RawRecord } from '../../normalise/field-reader';

/** A payables document stands eight elements deep; anything far deeper is no answer of GP. */
const MAX_DEPTH = 32;

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	// Money and keys stay text: "0012.50" is not 12.5.
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	htmlEntities: true,
	maxNestedTags: MAX_DEPTH,
});

/**
 * The root element of a message, namespaces off, as nested members of text. A document type, which
 * could define entities, is refused; the five of XML and characters by number are all that is expanded.
 */
export function readXml(text: string, context: () => GpErrorContext): RawRecord {
	const refuse = (why: string) => new GpInvalidBody(context(), 'XML', why);
	if (/<!(DOCTYPE|ENTITY)/i.test(text))
		throw refuse('it contains a document type declaration, which no GP service sends');
	const valid = XMLValidator.validate(text);
	if (valid !== true) {
		const cutOff = !text.trimEnd().endsWith('>');
		throw refuse(
			cutOff
				? `it stops in the middle, after ${text.length} characters`
				: `line ${valid.err.line}: ${valid.err.msg.slice(0, 100)}`,
		);
	}
	let document: unknown;
	try {
		document = parser.parse(text);
	} catch (error) {
		throw refuse(error instanceof Error ? error.message.slice(0, 100) : 'it is not readable');
	}
	if (!isRecord(document)) throw refuse('it is empty');
	const roots = Object.entries(document).filter(([name]) => !name.startsWith('#'));
	if (roots.length !== 1) throw refuse('it has no single root element');
	const [name, root] = roots[0]!;
	return { [name]: plain(root) };
}

/** Attributes off, `xsi:nil` and empty elements to null; `@type` keeps the concrete type of an abstract element. */
function plain(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(plain);
	if (!isRecord(node)) return typeof node === 'string' && node.trim() === '' ? null : node;
	if (node['@nil'] === 'true' || node['@nil'] === '1') return null;
	const type = typeof node['@type'] === 'string' ? node['@type'].replace(/^.*:/, '') : null;
	const members = Object.entries(node).filter(
		([name, value]) => !name.startsWith('@') && !(name === '#text' && String(value).trim() === ''),
	);
	if (members.length === 0) return null;
	if (members.length === 1 && members[0]![0] === '#text') return members[0]![1];
	const inner = Object.fromEntries(
		members.filter(([name]) => name !== '#text').map(([name, value]) => [name, plain(value)]),
	);
	return type === null ? inner : { ...inner, '@type': type };
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
