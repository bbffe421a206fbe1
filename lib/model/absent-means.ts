import type { Entity } from '../streams/streams';

/** What a site profile may say of a field its site leaves out; a service may leave out flags that are not set. */
export const ABSENT_MEANS: Readonly<Record<Entity, Readonly<Record<string, string>>>> = {
	vendor: {},
	account: {},
	payable: {
		voided: 'no',
		documentDate: 'none',
		postingDate: 'none',
		purchaseOrderNumber: 'none',
		currencyId: 'none',
	},
};

/** The part of a site profile that says so, for people to copy. */
export function declaration(entity: Entity, field: string): string {
	const means = ABSENT_MEANS[entity][field]!;
	return JSON.stringify({ entities: { [entity]: { absentMeans: { [field]: means } } } });
}
