import { contentHash } from './content-hash';
import { canonicalKey } from './gp-key';

/*
 * Procore wants an origin id to be unique in the company over all projects, so whatever lives in
 * a project carries the project (facts: Procore "Using sync actions"). The greatest length is not
 * documented; ids stay under 100 characters, and a longer one keeps its beginning and a hash. They
 * are written in GP's canonical form, since GP, and people who type into it, spell an id in any
 * case. Versions up to 0.2.0 wrote them as GP spelled them: `former…` says how, where it differs.
 */
const GREATEST_LENGTH = 99;
/** Room is left for the line's own ending. */
const GREATEST_LENGTH_OF_DOCUMENT = 80;

export function vendorOriginId(company: string, vendorId: string): string {
	return shortened(canonicalKey(vendorName(company, vendorId)));
}

export function formerVendorOriginIds(company: string, vendorId: string): string[] {
	return formerly(vendorName(company, vendorId));
}

/** `fullCode` as Procore shows it: "5110" or "03-300". */
export function costCodeOriginId(company: string, fullCode: string, projectId: string): string {
	return shortened(canonicalKey(`GP:${company}:CC:${fullCode}:P:${projectId}`));
}

/** A code of the company's standard list: no project in it. */
export function standardCostCodeOriginId(company: string, fullCode: string): string {
	return shortened(canonicalKey(`GP:${company}:SCC:${fullCode}`));
}

/** The document number is the vendor's and not unique; type and voucher are GP's own key. */
export function directCostOriginId(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string {
	const name = directCostName(company, documentTypeNumber, voucher, projectId);
	return shortened(canonicalKey(name), GREATEST_LENGTH_OF_DOCUMENT);
}

export function formerDirectCostOriginIds(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string[] {
	const name = directCostName(company, documentTypeNumber, voucher, projectId);
	return formerly(name, GREATEST_LENGTH_OF_DOCUMENT);
}

export function lineOriginId(directCost: string, sequence: number | string): string {
	return shortened(`${directCost}:L:${sequence}`);
}

function vendorName(company: string, vendorId: string): string {
	return `GP:${company}:V:${vendorId.trim()}`;
}

function directCostName(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string {
	return `GP:${company}:PM:${documentTypeNumber}:${voucher}:P:${projectId}`;
}

function formerly(spelled: string, length?: number): string[] {
	return spelled === canonicalKey(spelled) ? [] : [shortened(spelled, length)];
}

function shortened(id: string, length = GREATEST_LENGTH): string {
	if (id.length <= length) return id;
	const hash = contentHash(id);
	return `${id.slice(0, length - hash.length - 1)}~${hash}`;
}
