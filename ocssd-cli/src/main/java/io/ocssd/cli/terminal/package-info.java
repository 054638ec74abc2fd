/**
 * What belongs to the process and its terminal: streams, colours, progress bars, Ctrl-C, where the command was started
 * from.
 *
 * <p>The only package of the command that may use threads and the host's clock. Start at
 * {@link io.ocssd.cli.terminal.Host}, which is all that the rest of the command sees of the process; tests make one of
 * their own. Called from the one thread that runs the command.
 */
package io.ocssd.cli.terminal;
