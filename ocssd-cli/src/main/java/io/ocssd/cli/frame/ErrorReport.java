package io.ocssd.cli.frame;

import io.ocssd.error.NoSpaceException;
import io.ocssd.error.OcssdException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what ended a verb into its two lines on stderr, {@code ocssd: WHAT: WHY} and {@code hint:}, and its exit status. */
public final class ErrorReport {
    private final Session session;

    /** Reports to the session's stderr. */
    public ErrorReport(Session session) {
        this.session = session;
    }

    /** Reports what a verb threw, and returns the exit status. */
    public int execution(Exception error, CommandLine command) {
        String what = what(command);
        if (error instanceof Failure failure) {
            print(what, failure.getMessage(), failure.hint(), error);
            return failure.status();
        }
        if (error instanceof ParameterException wrong) {
            return parameters(wrong);
        }
        if (error instanceof NoSpaceException full) {
            print(what, "no space: " + full.getMessage(), full.hint(), error);
            return ExitStatus.REFUSED;
        }
        if (error instanceof OcssdException refused) {
            print(what, refused.getMessage(), refused.hint(), error);
            return ExitStatus.REFUSED;
        }
        if (error instanceof IOException failed) {
            print(what, sentence(failed), hint(failed), error);
            return ExitStatus.REFUSED;
        }
        if (error instanceof IllegalArgumentException refused) {
            print(what, refused.getMessage(), helpHint(command), error);
            return ExitStatus.REFUSED;
        }
        print(what, "internal error: " + error, "run it again with -v and report what it prints", error);
        return ExitStatus.REFUSED;
    }

    /** Reports arguments that were not understood, and returns the exit status. */
    public int parameters(ParameterException error) {
        CommandLine command = error.getCommandLine();
        print(what(command), sentence(error), hint(error), error);
        return ExitStatus.USAGE;
    }

    private void print(String what, String why, String hint, Exception error) {
        session.out().flush();
        String reason = why == null || why.isBlank() ? error.getClass().getSimpleName() : why.strip();
        session.err().println("ocssd: " + what + ": " + oneLine(reason));
        if (!hint.isBlank()) {
            session.err().println("hint: " + oneLine(hint));
        }
        if (session.verbose()) {
            error.printStackTrace(session.err());
        }
    }

    /** The noun and the verb. */
    private static String what(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName(" ");
        return name.startsWith("ocssd ") ? name.substring("ocssd ".length()) : "command line";
    }

    private static String sentence(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                return "unknown option " + first;
            }
            if (!isGroup(error.getCommandLine())) {
                return "\"" + first + "\" is one argument too many";
            }
            return "there is no " + (error.getCommandLine().getParent() == null ? "command" : "verb") + " \"" + first
                    + "\"";
        }
        if (isGroup(error.getCommandLine())) {
            return "no verb given";
        }
        String message = error.getMessage();
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String hint(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = new ArrayList<>(unmatched.getSuggestions());
            if (!suggestions.isEmpty()) {
                return "did you mean " + String.join(", or ", suggestions.subList(0, Math.min(3, suggestions.size())))
                        + "? " + helpHint(error.getCommandLine());
            }
        }
        if (isGroup(error.getCommandLine())) {
            return "give one of: "
                    + String.join(", ", error.getCommandLine().getSubcommands().keySet()) + "; "
                    + helpHint(error.getCommandLine());
        }
        return helpHint(error.getCommandLine());
    }

    private static boolean isGroup(CommandLine command) {
        return !command.getSubcommands().isEmpty();
    }

    private static String helpHint(CommandLine command) {
        return "see " + command.getCommandSpec().qualifiedName(" ") + " --help";
    }

    private static String sentence(IOException error) {
        if (error instanceof FileSystemException system && system.getFile() != null) {
            String file = system.getFile();
            if (error instanceof NoSuchFileException) {
                return file + ": no such file or directory";
            }
            if (error instanceof AccessDeniedException) {
                return file + ": permission denied";
            }
            if (error instanceof FileAlreadyExistsException) {
                return file + ": is there already";
            }
            if (error instanceof NotDirectoryException) {
                return file + ": is not a directory";
            }
        }
        return error.getMessage();
    }

    private static String hint(IOException error) {
        if (error instanceof NoSuchFileException || error instanceof FileNotFoundException) {
            return "check the path";
        }
        if (error instanceof AccessDeniedException) {
            return "check the permissions, or run it as the owner";
        }
        return "run it again with -v to see where it happened";
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
