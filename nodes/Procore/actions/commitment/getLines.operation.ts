import { updateDisplayOptions } from 'n8n-workflow';

import {
	listCommitmentLines,
	type CommitmentKind,
} from '../../../../lib/procore/resources/commitments';
import { commitmentKind } from '../../descriptions/commitment-kind.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { commitmentLocator, projectLocator } from '../../descriptions/locators.description';
import { limitOf } from '../../parameters/limit';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['commitment'], operation: ['getLines'] } },
	[projectLocator(), commitmentKind, commitmentLocator(), ...returnAllAndLimit],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	return await listCommitmentLines(
		client,
		requiredId(this, 'project', itemIndex),
		this.getNodeParameter('commitmentKind', itemIndex) as CommitmentKind,
		requiredId(this, 'commitment', itemIndex),
		limitOf(this, itemIndex),
	);
};
