/** The {@code ocssd} command. */
package io.ocssd.cli;
