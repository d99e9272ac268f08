/**
 * The listener under the REST interface and the console: TLS, limits, headers, who is asking, and
 * errors as problem documents (RFC 9457). Knows no record and no policy: it is told who may listen,
 * which routes there are, and whom to ask about a token.
 */
@NullMarked
package org.strongroom.http;

import org.jspecify.annotations.NullMarked;
