import { resource } from '../../../shared/operations';
import * as check from './check.operation';

export const connection = resource('connection', 'check', [check]);
