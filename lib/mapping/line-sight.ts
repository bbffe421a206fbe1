import type { GpPayable } from '../model/gp-records';
import { findJob, type LineInspection } from './find-job';
import type { MappingContext } from './mapping-context';

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
