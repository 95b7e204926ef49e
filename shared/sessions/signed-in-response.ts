import * as z from 'zod/mini';
import { userResponse } from '../users/show-user.ts';
import { sessionResponse } from './show-session.ts';

/** What registration and sign-in answer. */
export const signedInResponse = z.object({ user: userResponse, session: sessionResponse });
