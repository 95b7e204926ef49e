import * as z from 'zod/mini';
import { userResponse } from '../users/show-user.ts';
import { sessionResponse } from './show-session.ts';

/** The answer to registration and sign-in. */
export const signedInResponse = z.object({ user: userResponse, session: sessionResponse });
