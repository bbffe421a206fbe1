import { resource } from '../../../shared/operations';
import * as changed from './changed.operation';
import * as choices from './choices.operation';
import * as request from './request.operation';

export const crosswalk = resource('crosswalk', 'changed', [changed, choices, request]);
