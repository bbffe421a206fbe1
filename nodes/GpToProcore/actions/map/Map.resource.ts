import type { Entity } from '../../../../lib/streams/streams';
import { resource, type Operation, type Resource } from '../../../shared/operations';
import { crosswalkDescription } from '../../descriptions/crosswalk.description';
import { mappingSettingsV1 } from '../../descriptions/mapping-settings-v1.description';
import { mappingSettingsV2 } from '../../descriptions/places.description';
import * as map from './map.operation';
import * as preview from './preview.operation';

const mapped = (action: string, description: string): Operation => ({
	option: { name: 'Map', value: 'map', action, description },
	outputs: ['To Procore', 'Not Sent'],
	execute: map.execute,
});

/** Each stream by itself: vendors, GL accounts, payables. */
export const mapResources = {
	account: resource('account', 'map', [
		mapped(
			'Map GL accounts to cost codes',
			'Turn GL accounts of GP into cost codes as they should stand in Procore',
		),
	]),
	payable: resource('payable', 'map', [
		mapped(
			'Map payables invoices to direct costs',
			'Turn payables invoices of GP into direct costs as they should stand in Procore',
		),
		{
			option: {
				name: 'Preview',
				value: 'preview',
				action: 'Preview how payables invoices are mapped',
				description: 'Show for each cost line where it would go and which rule decided',
			},
			execute: preview.execute,
		},
	]),
	vendor: resource('vendor', 'map', [
		mapped('Map vendors', 'Turn vendors of GP into vendors as they should stand in Procore'),
	]),
} satisfies Record<Entity, Resource>;

/** What they have in common; each field says itself for which it is shown. */
export const mapFieldsV1 = [...crosswalkDescription, ...mappingSettingsV1];
export const mapFieldsV2 = [...crosswalkDescription, ...mappingSettingsV2];
