package io.ocssd.cli;

import io.ocssd.cli.address.AddressCommand;
import io.ocssd.cli.address.AddressConvertCommand;
import io.ocssd.cli.badblock.BadblockCommand;
import io.ocssd.cli.badblock.BadblockListCommand;
import io.ocssd.cli.badblock.BadblockMarkCommand;
import io.ocssd.cli.bench.BenchCommand;
import io.ocssd.cli.bench.BenchDeviceCommand;
import io.ocssd.cli.bench.BenchReplayCommand;
import io.ocssd.cli.bench.ftl.BenchFtlCommand;
import io.ocssd.cli.demo.DemoCommand;
import io.ocssd.cli.device.DeviceCommand;
import io.ocssd.cli.device.DeviceCreateCommand;
import io.ocssd.cli.device.DeviceInfoCommand;
import io.ocssd.cli.device.DeviceListCommand;
import io.ocssd.cli.device.DeviceProfilesCommand;
import io.ocssd.cli.device.DeviceReportCommand;
import io.ocssd.cli.device.DeviceWearCommand;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.ftl.FtlCheckCommand;
import io.ocssd.cli.ftl.FtlCommand;
import io.ocssd.cli.ftl.FtlFormatCommand;
import io.ocssd.cli.ftl.FtlGcCommand;
import io.ocssd.cli.ftl.FtlInfoCommand;
import io.ocssd.cli.ftl.FtlReadCommand;
import io.ocssd.cli.ftl.FtlTrimCommand;
import io.ocssd.cli.ftl.FtlWriteCommand;
import io.ocssd.cli.io.IoCopyCommand;
import io.ocssd.cli.io.IoEraseCommand;
import io.ocssd.cli.io.IoNounCommand;
import io.ocssd.cli.io.IoReadCommand;
import io.ocssd.cli.io.IoWriteCommand;
import io.ocssd.cli.kv.KvCheckCommand;
import io.ocssd.cli.kv.KvCommand;
import io.ocssd.cli.kv.KvDeleteCommand;
import io.ocssd.cli.kv.KvGetCommand;
import io.ocssd.cli.kv.KvLoadCommand;
import io.ocssd.cli.kv.KvPutCommand;
import io.ocssd.cli.kv.KvScanCommand;
import io.ocssd.cli.kv.KvStatsCommand;
import io.ocssd.cli.policy.PoliciesCommand;
import io.ocssd.cli.target.TargetCommand;
import io.ocssd.cli.target.TargetCreateCommand;
import io.ocssd.cli.target.TargetInfoCommand;
import io.ocssd.cli.target.TargetListCommand;
import io.ocssd.cli.target.TargetRemoveCommand;
import io.ocssd.cli.target.TargetResizeCommand;
import io.ocssd.cli.terminal.Host;
import io.ocssd.cli.vblock.VblockAllocateCommand;
import io.ocssd.cli.vblock.VblockCommand;
import io.ocssd.cli.vblock.VblockCopyCommand;
import io.ocssd.cli.vblock.VblockEraseCommand;
import io.ocssd.cli.vblock.VblockInfoCommand;
import io.ocssd.cli.vblock.VblockListCommand;
import io.ocssd.cli.vblock.VblockPadCommand;
import io.ocssd.cli.vblock.VblockReadCommand;
import io.ocssd.cli.vblock.VblockWriteCommand;
import io.ocssd.cli.watch.DeviceWatchCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All nouns and verbs. */
final class CommandTree {
    private CommandTree() {}

    /**
     * The tree of a session.
     *
     * @param colours whether help may have colours; it is printed before the options are read
     */
    static CommandLine of(Session session, boolean colours) {
        CommandLine root = new CommandLine(new RootCommand(session));
        root.addSubcommand(new DemoCommand(session));
        describeVerbose(
                root.getSubcommands().get("demo").getCommandSpec(),
                "Say more: the stack trace of an error. The commands of the device, some hundred thousand, are not shown.");
        root.addSubcommand(new CommandLine(new AddressCommand()).addSubcommand(new AddressConvertCommand(session)));
        root.addSubcommand(new CommandLine(new DeviceCommand())
                .addSubcommand(new DeviceCreateCommand(session))
                .addSubcommand(new DeviceInfoCommand(session))
                .addSubcommand(new DeviceListCommand(session))
                .addSubcommand(new DeviceProfilesCommand(session))
                .addSubcommand(new DeviceReportCommand(session))
                .addSubcommand(new DeviceWearCommand(session))
                .addSubcommand(new DeviceWatchCommand(session)));
        root.addSubcommand(new CommandLine(new IoNounCommand())
                .addSubcommand(new IoReadCommand(session))
                .addSubcommand(new IoWriteCommand(session))
                .addSubcommand(new IoEraseCommand(session))
                .addSubcommand(new IoCopyCommand(session)));
        root.addSubcommand(new CommandLine(new TargetCommand())
                .addSubcommand(new TargetCreateCommand(session))
                .addSubcommand(new TargetListCommand(session))
                .addSubcommand(new TargetInfoCommand(session))
                .addSubcommand(new TargetResizeCommand(session))
                .addSubcommand(new TargetRemoveCommand(session)));
        root.addSubcommand(new CommandLine(new VblockCommand())
                .addSubcommand(new VblockAllocateCommand(session))
                .addSubcommand(new VblockListCommand(session))
                .addSubcommand(new VblockInfoCommand(session))
                .addSubcommand(new VblockWriteCommand(session))
                .addSubcommand(new VblockReadCommand(session))
                .addSubcommand(new VblockPadCommand(session))
                .addSubcommand(new VblockEraseCommand(session))
                .addSubcommand(new VblockCopyCommand(session)));
        root.addSubcommand(new CommandLine(new BadblockCommand())
                .addSubcommand(new BadblockListCommand(session))
                .addSubcommand(new BadblockMarkCommand(session)));
        root.addSubcommand(new CommandLine(new FtlCommand())
                .addSubcommand(new FtlFormatCommand(session))
                .addSubcommand(new FtlInfoCommand(session))
                .addSubcommand(new FtlReadCommand(session))
                .addSubcommand(new FtlWriteCommand(session))
                .addSubcommand(new FtlTrimCommand(session))
                .addSubcommand(new FtlGcCommand(session))
                .addSubcommand(new FtlCheckCommand(session)));
        root.addSubcommand(new CommandLine(new KvCommand())
                .addSubcommand(new KvPutCommand(session))
                .addSubcommand(new KvGetCommand(session))
                .addSubcommand(new KvDeleteCommand(session))
                .addSubcommand(new KvScanCommand(session))
                .addSubcommand(new KvLoadCommand(session))
                .addSubcommand(new KvStatsCommand(session))
                .addSubcommand(new KvCheckCommand(session)));
        root.addSubcommand(new CommandLine(new BenchCommand())
                .addSubcommand(new BenchDeviceCommand(session))
                .addSubcommand(new BenchFtlCommand(session))
                .addSubcommand(new BenchReplayCommand(session)));
        root.addSubcommand(new PoliciesCommand(session));
        root.addSubcommand(new CommandLine(new CompletionCommand()).addSubcommand(new CompletionBashCommand(session)));

        Host host = session.host();
        // A value may begin with @ or look like a quoted string: neither is read from a file nor stripped.
        root.setExpandAtFiles(false);
        root.setUsageHelpAutoWidth(false);
        root.setUsageHelpWidth(Math.max(80, Math.min(120, host.terminal().columns())));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
        root.setOut(new PrintWriter(host.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(host.err(), true, StandardCharsets.UTF_8));
        return root;
    }

    /** Says of a verb what {@code -v} does there. */
    private static void describeVerbose(CommandSpec verb, String description) {
        OptionSpec inherited = verb.findOption("-v");
        verb.remove(inherited);
        verb.addOption(OptionSpec.builder(inherited).description(description).build());
    }
}
