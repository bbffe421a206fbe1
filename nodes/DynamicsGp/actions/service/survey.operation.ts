import { toItem } from '../../../shared/item-kinds';
import type { GpOperation } from '../operation.types';

export const execute: GpOperation = async function (connection) {
	return [toItem(await connection.survey())];
};
