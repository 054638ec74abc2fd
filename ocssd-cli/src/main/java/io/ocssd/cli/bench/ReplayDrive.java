package io.ocssd.cli.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.ocssd.cli.bench.replay.TraceSurvey;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.Geometry;
import io.ocssd.geometry.decorator.trace.TraceHeader;
import java.util.Map;
import java.util.TreeMap;

/** The emulated drive on which a trace is replayed: of the shape that it was recorded on, with flash of the user's choice. */
final class ReplayDrive {
    private static final String PROFILE = "profile";
    /** What a drive of the recorded shape must allow beyond the specification, so that no limit stands in the way. */
    private static final ImmutableList<String> ALLOWED = ImmutableList.of("copy", "eraseFree", "eraseOpen");
    /** Parameters that say how flash takes time. */
    private static final ImmutableList<String> TIMING = ImmutableList.of(
            PROFILE, "timings", "readNanos", "programNanos", "eraseNanos", "suspend", "cacheRead", "cacheProgram");

    private ReplayDrive() {}

    /**
     * The drive.
     *
     * @param profile whose flash it has; that of the recorded drive when null, as far as its URI tells
     */
    static DeviceUri of(TraceHeader header, TraceSurvey survey, String profile, String clock) {
        Geometry geometry = header.geometry();
        Map<String, String> recorded = recorded(header.uri());
        Map<String, String> parameters = new TreeMap<>();
        if (profile == null) {
            for (String each : TIMING) {
                if (recorded.containsKey(each)) {
                    parameters.put(each, recorded.get(each));
                }
            }
        } else {
            parameters.put(PROFILE, profile);
        }
        boolean zoned = survey.hasZones()
                || "on".equals(recorded.get("zoned"))
                || recorded.getOrDefault(PROFILE, "").startsWith("zns");
        parameters.put("zoned", zoned ? "on" : "off");
        if (!zoned) {
            ALLOWED.forEach(each -> parameters.put(each, "on"));
        }
        parameters.put("clock", clock);
        parameters.put("timing", "on");
        parameters.put("payload", "off");
        parameters.put("channels", Integer.toString(geometry.channels()));
        parameters.put("luns", Integer.toString(geometry.lunsPerChannel()));
        parameters.put("blocks", Integer.toString(geometry.blocksPerLun()));
        parameters.put("sectors", Integer.toString(geometry.sectorsPerBlock()));
        parameters.put("sectorBytes", Integer.toString(geometry.sectorBytes()));
        parameters.put("oobBytes", Integer.toString(geometry.oobBytes()));
        parameters.put("wsMin", Integer.toString(header.wsMin()));
        parameters.put("wsOpt", Integer.toString(header.wsOpt()));
        parameters.put("mwCunits", Integer.toString(header.mwCunits()));
        parameters.put("maxOpen", "0");
        parameters.put("maxOpenPerLun", "0");
        parameters.put("maxActive", "0");
        parameters.put("factoryBad", "0");
        return new DeviceUri("mem", "", parameters);
    }

    /** Parameters of an emulated drive's URI; none of another device's. */
    private static Map<String, String> recorded(String uri) {
        try {
            DeviceUri parsed = DeviceUri.parse(uri);
            while (parsed.isDecorated()) {
                parsed = parsed.inner();
            }
            return parsed.scheme().equals("mem") || parsed.scheme().equals("emu")
                    ? parsed.parameters()
                    : ImmutableMap.of();
        } catch (IllegalArgumentException e) {
            // Whatever it was recorded on was not found by a URI.
            return ImmutableMap.of();
        }
    }
}
