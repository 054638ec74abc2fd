package io.ocssd.cli.address;

/**
 * One address that was converted; the components are the keys of its JSON object.
 *
 * @param input as it was given
 * @param from notation of the input
 * @param to notation of the result
 * @param address the result, as text: it does not fit a number of every JSON reader
 * @param sector null when the input is a log page offset, which names a block
 */
record ConvertedAddress(
        String input, String from, String to, String address, int channel, int lun, int block, Integer sector) {}
