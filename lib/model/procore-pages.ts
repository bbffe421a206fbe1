/** Records with a page of their own, or one near them. */
export type LinkedType = 'vendor' | 'costCode' | 'directCost' | 'requisition';

/**
 * Pages of Procore's web application, below its address; how sure each is stands in docs/dashboard.md.
 * Procore promises none of them, so each can be changed in the credential.
 *
 * Requisition: Procore's "Side Panel View Key Reference". Direct cost, company directory and project
 * home: as published programs and people link to them.
 */
export const LINK_PATTERNS: Record<LinkedType, string> = {
	vendor: '/{company}/company/directory/groups/users',
	costCode: '/{project}/project/home',
	directCost: '/{project}/project/direct_costs/{id}',
	requisition: '/{project}/project/commitments/{contract}/requisitions/{id}',
};
