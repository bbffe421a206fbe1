import { contentHash } from '../base/content-hash';

/*
 * Procore wants an origin id to be unique in the company over all projects, so whatever lives in
 * a project carries the project (facts: Procore "Using sync actions"). The greatest length is not
 * documented; ids stay under 100 characters, and a longer one keeps its beginning and a hash.
 */
const GREATEST_LENGTH = 99;

export function vendorOriginId(company: string, vendorId: string): string {
	return shortened(`GP:${company}:V:${vendorId}`);
}

/** `fullCode` as Procore shows it: "5110" or "03-300". */
export function costCodeOriginId(company: string, fullCode: string, projectId: string): string {
	return shortened(`GP:${company}:CC:${fullCode}:P:${projectId}`);
}

/** A code of the company's standard list: no project in it. */
export function standardCostCodeOriginId(company: string, fullCode: string): string {
	return shortened(`GP:${company}:SCC:${fullCode}`);
}

/** The document number is the vendor's and not unique; type and voucher are GP's own key. */
export function directCostOriginId(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string {
	// Room is left for the line's own ending.
	return shortened(`GP:${company}:PM:${documentTypeNumber}:${voucher}:P:${projectId}`, 80);
}

export function lineOriginId(directCost: string, sequence: number | string): string {
	return shortened(`${directCost}:L:${sequence}`);
}

function shortened(id: string, length = GREATEST_LENGTH): string {
	if (id.length <= length) return id;
	const hash = contentHash(id);
	return `${id.slice(0, length - hash.length - 1)}~${hash}`;
}
