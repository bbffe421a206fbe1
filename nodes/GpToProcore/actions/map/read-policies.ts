import type {
	AccountPolicies,
	InvoicePolicies,
	OwnLineKind,
} from '../../../../lib/mapping/policies.types';

/** Text of a field, typed, from an expression, or chosen from a list (a resource locator). */
export function textOf(field: unknown): string {
	const value =
		field !== null && typeof field === 'object' && 'value' in field ? field.value : field;
	return value === null || value === undefined ? '' : String(value).trim();
}

type Lists = 'ownLines' | 'taxCodes' | 'accrualAccounts' | 'onlyProjects' | 'documentsFrom';

/** Policies as the fields of the node hold them: lists are lists of rows there. */
export type PolicyFields = Partial<Omit<InvoicePolicies, Lists>> & {
	ownLines?: { line?: Array<{ charge: OwnLineKind; costCode?: unknown; costType?: unknown }> };
	taxCodes?: { code?: Array<{ taxDetail?: string; taxCodeId?: unknown }> };
	/** Separated by commas. */
	accrualAccounts?: unknown;
	/** A list from the node, or ids separated by commas by an expression. */
	onlyProjects?: unknown;
	/** A day; n8n's date field adds a time. */
	documentsFrom?: unknown;
};

export type AccountPolicyFields = Partial<
	Omit<AccountPolicies, 'divisionNames' | 'standardListId'>
> & {
	standardListId?: unknown;
	divisionNames?: { division?: Array<{ number?: string; name?: string }> };
};

/** Only what was added in the node; the rest keeps its default. */
export function readPolicies({
	ownLines,
	taxCodes,
	accrualAccounts,
	onlyProjects,
	documentsFrom,
	...plain
}: PolicyFields): Partial<InvoicePolicies> {
	return {
		...plain,
		...(documentsFrom === undefined ? {} : { documentsFrom: textOf(documentsFrom).slice(0, 10) }),
		...(onlyProjects === undefined
			? {}
			: {
					onlyProjects: (Array.isArray(onlyProjects)
						? onlyProjects.map(textOf)
						: textOf(onlyProjects).split(/[\s,;]+/)
					).filter(Boolean),
				}),
		...(accrualAccounts === undefined
			? {}
			: {
					// A comma inside braces belongs to a pattern: \d{1,3}.
					accrualAccounts: textOf(accrualAccounts)
						.split(/,(?!\d*\})/)
						.map((entry) => entry.trim())
						.filter(Boolean),
				}),
		...(ownLines?.line
			? {
					ownLines: Object.fromEntries(
						ownLines.line.map(({ charge, costCode, costType }) => [
							charge,
							{ costCode: textOf(costCode), costType: textOf(costType) },
						]),
					),
				}
			: {}),
		...(taxCodes?.code
			? {
					taxCodes: Object.fromEntries(
						taxCodes.code.map(({ taxDetail, taxCodeId }) => [
							textOf(taxDetail).toUpperCase(),
							textOf(taxCodeId),
						]),
					),
				}
			: {}),
	};
}

export function readAccountPolicies({
	divisionNames,
	standardListId,
	...plain
}: AccountPolicyFields): Partial<AccountPolicies> {
	return {
		...plain,
		...(standardListId === undefined ? {} : { standardListId: textOf(standardListId) }),
		...(divisionNames?.division
			? {
					divisionNames: Object.fromEntries(
						divisionNames.division.map(({ number, name }) => [textOf(number), textOf(name)]),
					),
				}
			: {}),
	};
}
