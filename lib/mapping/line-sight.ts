import type { GpPayable } from '../model/gp-records';
import { findJob, type LineSight } from './find-job';
import type { MappingContext } from './mapping-context';

/** Looked at once per account, reference and job of a document: audit and decision both want it. */
export function sightOf(
	line: { account: string; reference: string | null; job?: string },
	payable: GpPayable,
	context: MappingContext,
): LineSight {
	let ofDocument = context.sights.get(payable);
	if (!ofDocument) context.sights.set(payable, (ofDocument = new Map()));
	const key = `${line.account}\n${line.reference ?? ''}\n${line.job ?? ''}`;
	let sight = ofDocument.get(key);
	if (!sight) {
		sight = {
			found: findJob(line, payable, context),
			byRule: context.settings.rules.valuesFor({
				account: line.account,
				reference: line.reference,
				payable,
				vendorClass: context.vendorClass(payable),
			}),
		};
		ofDocument.set(key, sight);
	}
	return sight;
}
