/**
 * The {@code ocssd} command.
 *
 * <p>Start at {@link io.ocssd.cli.Main}, then {@code CommandTree}, which lists all nouns and verbs; each noun has a package
 * of its own, {@link io.ocssd.cli.frame} holds what they share. One thread runs a command; what a verb throws becomes one
 * sentence, a hint and an exit status.
 */
package io.ocssd.cli;
