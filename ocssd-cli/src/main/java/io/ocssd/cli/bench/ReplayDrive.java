package io.ocssd.cli.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.geometry.decorator.trace.TraceHeader;
import io.ocssd.geometry.emulator.DriveProfile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The emulated drive on which a trace is replayed: it asks, allows and refuses what the recorded one did, and has its flash or
 * one of the user's choice.
 *
 * @param uri where it is
 * @param notes what had to be guessed, one sentence each
 */
record ReplayDrive(DeviceUri uri, ImmutableList<String> notes) {
    private static final String PROFILE = "profile";
    private static final String SEED = "seed";
    private static final String SHORT_BLOCKS = "shortBlocks";
    private static final String FACTORY_BAD = "factoryBad";
    private static final String ENDURANCE = "endurance";
    private static final Pattern EMULATED = Pattern.compile("ocssd emulated drive \\((.*)\\)");

    /** Parameters of every opening that say how flash takes time. */
    private static final ImmutableList<String> OF_OPENING = ImmutableList.of(
            "timings", "readNanos", "programNanos", "eraseNanos", "suspend", "cacheRead", "cacheProgram");

    /**
     * The drive for a trace.
     *
     * @param profile whose flash it has; that of the recorded drive when null, as far as the trace tells
     */
    static ReplayDrive of(TraceHeader header, String profile, String clock) {
        Map<String, String> parameters = new TreeMap<>();
        List<String> notes = new ArrayList<>();
        Optional<DeviceUri> recorded = emulated(header.uri(), notes);
        Map<String, String> given = recorded.map(DeviceUri::parameters).orElse(ImmutableMap.of());
        if (profile == null) {
            flash(header, given, parameters, notes);
        } else {
            parameters.put(PROFILE, profile);
        }
        copy(given, "dulbe", parameters);
        shape(header.geometry(), parameters);
        rules(header, parameters);
        blocks(
                header,
                recorded.filter(uri -> uri.scheme().equals("mem")).map(DeviceUri::parameters),
                profile == null,
                parameters);
        parameters.put("clock", clock);
        parameters.put("timing", "on");
        parameters.put("payload", "off");
        return new ReplayDrive(new DeviceUri("mem", "", parameters), ImmutableList.copyOf(notes));
    }

    /**
     * What is different all the same, one sentence each.
     *
     * @param here the drive's blocks, nothing written yet
     * @param named blocks that the commands name
     */
    static List<String> differences(TraceHeader header, BlockReport here, BitSet named) {
        List<String> notes = new ArrayList<>();
        BlockReport recorded = header.blocks();
        int others = 0;
        int dead = 0;
        int anywhere = 0;
        for (int block = 0; block < header.geometry().blocks(); block++) {
            others +=
                    recorded.sectors(block) != here.sectors(block) || recorded.type(block) != here.type(block) ? 1 : 0;
            if (named.get(block)) {
                boolean wasDead = recorded.state(block) == BlockState.OFFLINE;
                dead += wasDead && here.state(block) != BlockState.OFFLINE ? 1 : 0;
                anywhere +=
                        recorded.type(block) == BlockType.RANDOM && recorded.state(block) == BlockState.OPEN ? 1 : 0;
            }
        }
        if (others > 0) {
            notes.add(others + " blocks have other sizes or are written in another way than those recorded");
        }
        if (dead > 0) {
            notes.add(dead + " blocks that the trace names were out of use when it began, and are not here");
        }
        if (anywhere > 0) {
            notes.add(anywhere + " blocks that are written anywhere held something when it began; they are full here");
        }
        return notes;
    }

    /** How long its flash takes: that of the recorded drive's profile, or what that tells. */
    private static void flash(
            TraceHeader header, Map<String, String> given, Map<String, String> parameters, List<String> notes) {
        Timings timings = header.timings();
        Optional<String> profile = profile(header.model());
        if (profile.isPresent()) {
            parameters.put(PROFILE, profile.get());
            OF_OPENING.forEach(each -> copy(given, each, parameters));
            if (timings.equals(Timings.NONE)) {
                notes.add("the recorded drive took no time; here it has the flash of " + profile.get());
            }
        } else if (timings.equals(Timings.NONE)) {
            notes.add("the recorded drive does not tell its times; here it has the flash of "
                    + DriveProfile.all().get(0).name());
        } else {
            parameters.put("readNanos", Long.toString(timings.readNanos()));
            parameters.put("programNanos", Long.toString(timings.programNanos()));
            parameters.put("eraseNanos", Long.toString(timings.eraseNanos()));
            notes.add(
                    "the recorded drive is no emulated one; here every command takes the typical time that it told, and"
                            + " LUNs share nothing");
        }
    }

    /** The profile that an emulated drive was made by; empty when it is another drive, or the profile is not known here. */
    private static Optional<String> profile(String model) {
        Matcher matcher = EMULATED.matcher(model);
        return matcher.matches()
                ? DriveProfile.all().stream()
                        .map(DriveProfile::name)
                        .filter(matcher.group(1)::equals)
                        .findFirst()
                : Optional.empty();
    }

    private static void shape(Geometry geometry, Map<String, String> parameters) {
        put(parameters, "channels", geometry.channels());
        put(parameters, "luns", geometry.lunsPerChannel());
        put(parameters, "blocks", geometry.blocksPerLun());
        put(parameters, "sectors", geometry.sectorsPerBlock());
        put(parameters, "sectorBytes", geometry.sectorBytes());
        put(parameters, "oobBytes", geometry.oobBytes());
    }

    /** What it asks, allows and refuses. */
    private static void rules(TraceHeader header, Map<String, String> parameters) {
        Limits limits = header.limits();
        put(parameters, "wsMin", limits.wsMin());
        put(parameters, "wsOpt", limits.wsOpt());
        put(parameters, "mwCunits", limits.mwCunits());
        put(parameters, "maxOpen", limits.maxOpen());
        put(parameters, "maxOpenPerLun", limits.maxOpenPerLun());
        put(parameters, "maxActive", limits.maxActive());
        Capabilities capabilities = header.capabilities();
        put(parameters, "zoned", capabilities.zoned());
        put(parameters, "copy", capabilities.copy());
        put(parameters, "eraseFree", capabilities.eraseFree());
        put(parameters, "eraseOpen", capabilities.eraseOpen());
        parameters.put("class", header.durability().label());
    }

    /**
     * What its blocks are like. Those written anywhere are the first of each LUN; where the others are that are like no
     * other, only the seed of a drive in memory tells.
     */
    private static void blocks(
            TraceHeader header,
            Optional<Map<String, String>> inMemory,
            boolean hasItsProfile,
            Map<String, String> parameters) {
        Geometry geometry = header.geometry();
        int anywhere = 0;
        while (anywhere < geometry.blocksPerLun() && header.blocks().type(anywhere) == BlockType.RANDOM) {
            anywhere++;
        }
        put(parameters, "randomBlocks", anywhere);
        inMemory.ifPresent(given -> {
            copy(given, SEED, parameters);
            copy(given, SHORT_BLOCKS, parameters);
            copy(given, FACTORY_BAD, parameters);
            copy(given, ENDURANCE, parameters);
        });
        if (!hasItsProfile) {
            // Other flash takes other times; it does not wear out where the recorded one did not.
            parameters.putIfAbsent(ENDURANCE, "0");
        }
        if (inMemory.isEmpty()) {
            put(parameters, FACTORY_BAD, 0);
        } else if (!hasItsProfile && !parameters.containsKey(FACTORY_BAD)) {
            // It was new when the trace began: what was offline was bad from the start.
            put(parameters, FACTORY_BAD, header.blocks().count(BlockState.OFFLINE));
        }
    }

    private static void put(Map<String, String> parameters, String name, int value) {
        parameters.put(name, Integer.toString(value));
    }

    private static void put(Map<String, String> parameters, String name, boolean on) {
        parameters.put(name, on ? "on" : "off");
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to) {
        if (from.containsKey(name)) {
            to.put(name, from.get(name));
        }
    }

    /** The emulated drive that a trace was recorded on; empty when it was another device. */
    private static Optional<DeviceUri> emulated(String uri, List<String> notes) {
        try {
            DeviceUri parsed = DeviceUri.parse(uri);
            while (parsed.isDecorated()) {
                if (!parsed.decorator().equals("trace")) {
                    notes.add("the recorded drive was opened with " + parsed.decorator()
                            + "+ in front of it; here it is not");
                }
                parsed = parsed.inner();
            }
            return Optional.of(parsed)
                    .filter(each -> each.scheme().equals("mem") || each.scheme().equals("emu"));
        } catch (IllegalArgumentException e) {
            // Whatever it was recorded on was not found by a URI.
            return Optional.empty();
        }
    }
}
