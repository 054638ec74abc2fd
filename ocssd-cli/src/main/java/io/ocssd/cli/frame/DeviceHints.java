package io.ocssd.cli.frame;

import io.ocssd.device.DeviceUri;
import io.ocssd.geometry.emulator.DriveProfile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do about a URI that was not understood. */
public final class DeviceHints {
    private static final String SHAPE = "devices look like emu:drive.img or mem:?profile=small";

    private static final String DECORATORS =
            "decorators are faults+, trace+, delay+ and statistics+, as in trace+emu:drive.img?trace=FILE";
    private static final String PARAMETERS = "parameters follow a question mark: emu:drive.img?clock=virtual&dulbe=off";
    /** What a user who forgot the scheme wrote: decorators, then a path. */
    private static final Pattern NO_SCHEME =
            Pattern.compile("((?:(?:faults|trace|delay|statistics)\\+)+)([^:]+)", Pattern.DOTALL);

    private DeviceHints() {}

    /** The decorators in front of a path that lacks its scheme, and the path. */
    record Undecorated(String decorators, String path) {}

    /** Reads decorators and the path behind them; empty when there are none. */
    static Optional<Undecorated> withoutScheme(String text) {
        Matcher matcher = NO_SCHEME.matcher(text);
        return matcher.matches() ? Optional.of(new Undecorated(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** About a text that is no URI. */
    static String ofText(IllegalArgumentException error) {
        String message = error.getMessage();
        if (message.contains("plus sign")) {
            return DECORATORS;
        }
        return message.contains("name=value") || message.contains("given twice") ? PARAMETERS : SHAPE;
    }

    /** About a URI that no device was opened by. */
    static String ofUri(DeviceUri uri, IllegalArgumentException error) {
        String message = String.valueOf(error.getMessage());
        if (message.startsWith("no device has the scheme")) {
            return SHAPE;
        }
        if (message.startsWith("no decorator has the name")) {
            return DECORATORS;
        }
        Optional<String> profile = ofProfile(uri);
        if (profile.isPresent()) {
            return profile.get();
        }
        Optional<String> rules = faults(uri, message);
        if (rules.isPresent()) {
            return "correct " + rules.get() + "; ocssd-geometry's manual has the kinds of faults and their fields";
        }
        return uri.parameters().isEmpty() ? SHAPE : "correct the parameter behind the question mark of the URI";
    }

    /** About a URI whose profile does not exist; empty when it does, or none is given. */
    public static Optional<String> ofProfile(DeviceUri uri) {
        String profile = uri.parameters().get("profile");
        return profile == null
                        || DriveProfile.all().stream()
                                .anyMatch(each -> each.name().equals(profile))
                ? Optional.empty()
                : Optional.of("ocssd device profiles shows them");
    }

    /** Where the faults are that a message is about. */
    private static Optional<String> faults(DeviceUri uri, String message) {
        String rules = "faults.rules";
        if (message.startsWith(rules + " line ")) {
            return Optional.of(rules);
        }
        String file = uri.parameters().get("faults");
        if (file != null && message.startsWith(file + " line ")) {
            return Optional.of(file);
        }
        return message.startsWith("fault \"") ? Optional.of(file == null ? rules : file) : Optional.empty();
    }
}
