import { type GpPayable, isExpense } from '../model/gp-records';
import type { CheckedSettings } from './settings-check';

type Field = NonNullable<GpPayable['untold']>[number];

/** Fields that a way into GP does not tell although these settings go by them: a blank one would be a guess. */
export function untoldOf(
	{ untold = [], documentType }: Pick<GpPayable, 'untold' | 'documentType'>,
	settings: CheckedSettings,
): Field[] {
	const asked: Record<Field, boolean> = {
		documentDate: settings.costDate === 'document' || settings.receivedDate === 'document',
		postingDate: settings.costDate === 'posting' || settings.receivedDate === 'posting',
		purchaseOrderNumber: settings.commitments !== 'ignore' && !isExpense(documentType),
		currencyId: settings.foreignCurrency === 'park' && settings.functionalCurrency.trim() !== '',
	};
	return untold.filter((field) => asked[field]);
}
