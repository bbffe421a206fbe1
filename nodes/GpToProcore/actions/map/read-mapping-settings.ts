import type { IExecuteFunctions } from 'n8n-workflow';

import {
	DEFAULT_MAPPING_SETTINGS,
	DELIVERED_UNTIL_0_3,
	type MappingSettings,
} from '../../../../lib/mapping/types';
import {
	type FindingRow,
	placesInForce,
	type PlacesInForce,
} from '../../../../lib/mapping/suggest/finding-rows';
import type { PlaceSettings } from '../../../../lib/mapping/suggest/propose-types';
import { readList, refuseNothing } from '../../../shared/read-values';
import { isOfRelease03, fieldsOf, readFilledPlaces, readPlacesV1 } from './read-places';
import {
	readAccountPolicies,
	readPolicies,
	type AccountPolicyFields,
	type PolicyFields,
} from './read-policies';
import { readRules } from './read-rules';

export interface ReadMapping {
	settings: MappingSettings;
	/** Where each place comes from, and what of it is filled in; null in a node of a release up to 0.3.0. */
	places: { inForce: PlacesInForce['places']; filled: PlaceSettings } | null;
}

/** Policies without which more is sent. */
const NARROWING = { documentsFrom: 'Documents From', onlyProjects: 'Only These Projects' };

/** The settings as the fields of the node say; what is not shown for a resource keeps its default. */
export function readMappingSettings(
	context: IExecuteFunctions,
	before: PlaceSettings | null = null,
): ReadMapping {
	const field = fieldsOf(context);
	const given = field<PolicyFields>('policies', {});
	refuseNothing(context, NARROWING, context.getNode().parameters.policies, { ...given });
	const policies = readPolicies(given);
	const decided = {
		...policies,
		...readAccountPolicies(field<AccountPolicyFields>('accountPolicies', {})),
		// Each record tells its own company.
		company: '',
		matchProjectNumber: field('matchProjectNumber', DEFAULT_MAPPING_SETTINGS.matchProjectNumber),
		rules: readRules(context),
	};
	if (isOfRelease03(context)) {
		return {
			settings: { ...DELIVERED_UNTIL_0_3, ...decided, ...readPlacesV1(field) },
			places: null,
		};
	}
	if (context.getNodeParameter('resource', 0) === 'vendor') {
		// A vendor has neither job nor code.
		return { settings: { ...DEFAULT_MAPPING_SETTINGS, ...decided }, places: null };
	}
	const filled = {
		...readFilledPlaces(field),
		...(policies.accrualAccounts ? { accrualAccounts: policies.accrualAccounts } : {}),
	};
	const findings = readList<FindingRow>(context, 'findingRows');
	const { settings, places } = placesInForce({ filled, findings, before });
	return {
		settings: { ...DEFAULT_MAPPING_SETTINGS, ...decided, ...settings },
		places: { inForce: places, filled },
	};
}
