// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
  @TempDir Path directory;
  private Path file;

  private final Tensor weight = Tensor.of(new float[] {1, -2, Float.NaN, -0f, 5, 6}, 2, 3);
  private final DoubleTensor exact = DoubleTensor.of(new double[] {Math.PI}, 1);
  private long count = 41;
  private double rate = 0.1;
  private final StateDict state =
      new StateDict()
          .tensor("0.weight", weight)
          .tensor("exact", exact)
          .wholeNumber("count", () -> count, loaded -> count = loaded)
          .realNumber("rate", () -> rate, this::rate);

  /** It would stand twice in the file's header. */
  @Test
  void refusesTheNameThatTheFormatKeeps() {
    assertThrows(
        IllegalArgumentException.class, () -> new StateDict().tensor("__metadata__", weight));
    assertThrows(
        IllegalArgumentException.class,
        () -> new StateDict().wholeNumber("__metadata__", () -> 1, loaded -> {}));
  }

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("state.safetensors");
  }

  private void rate(double loaded) {
    if (loaded < 0) {
      throw new IllegalArgumentException("Invalid learning rate: " + loaded);
    }
    rate = loaded;
  }

  @Test
  void whatWasSavedComesBack() throws IOException {
    float[] values = weight.data().clone();
    state.save(file);
    Arrays.fill(weight.data(), 7);
    exact.data()[0] = 7;
    count = 7;
    rate = 7;
    state.load(file);
    assertArrayEquals(values, weight.data());
    assertEquals(Math.PI, exact.data()[0]);
    assertEquals(41, count);
    assertEquals(0.1, rate);
  }

  @Test
  void savesWhatThePiecesAreByThen() throws IOException {
    weight.data()[0] = 9;
    count++;
    state.save(file);
    weight.data()[0] = 0;
    count = 0;
    state.load(file);
    assertEquals(9, weight.data()[0]);
    assertEquals(42, count);
  }

  @Test
  void theFileIsInTheSafetensorsFormat() throws IOException {
    state.save(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    assertEquals(
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"exact\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]},"
            + "\"rate\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[16,24]},"
            + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[24,48]}}",
        new String(header, StandardCharsets.UTF_8).strip());
    assertEquals(0, bytes.position() % 8);
    assertEquals(Math.PI, bytes.getDouble());
    assertEquals(41, bytes.getLong());
    assertEquals(0.1, bytes.getDouble());
    for (float value : weight.data()) {
      assertEquals(value, bytes.getFloat());
    }
    assertFalse(bytes.hasRemaining());
  }

  /**
   * Written by {@code save_file} of the Python package safetensors 0.8.0, which also reads what
   * {@code save} of ours writes, as it was last tried.
   */
  @Test
  void readsAFileOfTheOriginalWriter() throws IOException {
    String base64 =
        """
        8AAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJub3RlIjoiXCJxdW90ZWRcIiBcXCDDqVxuIiwiZm9y
        bWF0IjoicHQifSwic3RlcHMiOnsiZHR5cGUiOiJJNjQiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0
        cyI6WzAsOF19LCJiaWFzIjp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRz
        IjpbOCwyNF19LCJ3ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zm
        c2V0cyI6WzI0LDQ4XX19ICAgICAAAAAAAAEAAJqZmZmZmbk/AAAAAAAAAMAAAIA/AAAgQAAAQMDN
        zMw9YEKiDQAA4EA=
        """;
    Files.write(file, Base64.getMimeDecoder().decode(base64));
    DoubleTensor bias = DoubleTensor.zeros(2);
    new StateDict()
        .tensor("weight", weight)
        .tensor("bias", bias)
        .wholeNumber("steps", () -> count, loaded -> count = loaded)
        .load(file);
    assertArrayEquals(new float[] {1, 2.5f, -3, 0.1f, 1e-30f, 7}, weight.data());
    assertArrayEquals(new double[] {0.1, -2}, bias.data());
    assertEquals(1L << 40, count);
  }

  /** What PyTorch's writer gives: other spaces, another order, no metadata. */
  @Test
  void readsAnyFileOfTheFormat() throws IOException {
    write(
        """
        { "b\\u0069as" : {"data_offsets":[0, 4], "shape":[1],\t"dtype":"F32"} ,
        "__metadata__": {}, "e": {"dtype":"F32","shape":[0,3],"data_offsets":[4,4]},
        "weight": {"dtype":"F32","shape":[],"data_offsets":[4,8]}}   """,
        1f,
        2f);
    Tensor weight = Tensor.zeros();
    Tensor bias = Tensor.zeros(1);
    new StateDict()
        .tensor("weight", weight)
        .tensor("bias", bias)
        .tensor("e", Tensor.zeros(0, 3))
        .load(file);
    assertEquals(2, weight.data()[0]);
    assertEquals(1, bias.data()[0]);
  }

  @Test
  void anyNameComesBack() throws IOException {
    String name = "a \"b\" \\ c\n\u0001 \u00e4 \ud83d\ude00 {";
    new StateDict().tensor(name, weight).save(file);
    weight.data()[0] = 0;
    new StateDict().tensor(name, weight).load(file);
    assertEquals(1, weight.data()[0]);
  }

  @Test
  void manyElementsComeBack() throws IOException {
    Tensor many = Tensor.zeros(50_001);
    Initializers.uniform(many, -1, 1, new SplitMix64(1));
    float[] values = many.data().clone();
    StateDict state = new StateDict().tensor("many", many);
    state.save(file);
    Arrays.fill(many.data(), 0);
    state.load(file);
    assertArrayEquals(values, many.data());
  }

  @Test
  void anEmptyStateComesBack() throws IOException {
    new StateDict().save(file);
    new StateDict().load(file);
  }

  @Test
  void includesAnotherUnderItsName() {
    StateDict part = new StateDict().tensor("weight", weight).generator("g", new SplitMix64(3));
    StateDict whole = new StateDict().include("0", part).include("1", part);
    assertEquals(List.of("0.weight", "0.g", "1.weight", "1.g"), whole.names());
    assertEquals(
        "0.weight[2, 3] F32%n0.g[] I64%n1.weight[2, 3] F32%n1.g[] I64%n".formatted(),
        whole.toString());
  }

  @Test
  void refusesTwoPiecesOfOneName() {
    var e = assertThrows(IllegalArgumentException.class, () -> state.tensor("0.weight", weight));
    assertEquals("two pieces of a state are called 0.weight", e.getMessage());
  }

  @Test
  void aGeneratorGoesOn() throws IOException {
    SplitMix64 random = new SplitMix64(1);
    random.nextLong();
    StateDict state = new StateDict().generator("random", random);
    state.save(file);
    long next = random.nextLong();
    random.nextLong();
    state.load(file);
    assertEquals(next, random.nextLong());
  }

  /** Every length of a truncated file. */
  @Test
  void refusesATruncatedFile() throws IOException {
    state.save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String reason = refused();
      assertTrue(
          reason.startsWith("truncated") || reason.startsWith("not a safetensors file"), reason);
    }
    assertEquals(1, weight.data()[0]);
    assertEquals(41, count);
  }

  @Test
  void refusesAFileThatGoesOn() throws IOException {
    state.save(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) + 1));
    assertEquals("too long: 48 bytes of data announced, 49 there", refused());
  }

  @Test
  void refusesFilesOfOtherFormats() throws IOException {
    Files.writeString(file, "Lorem ipsum dolor sit amet, consectetur adipisici elit");
    assertEquals(
        "not a safetensors file: it starts with a header length of 8100041059028070220", refused());
    Files.write(file, new byte[1000]);
    assertEquals("not a safetensors file: it starts with a header length of 0", refused());
    Files.write(file, ByteBuffer.allocate(1000).putLong(-1).array());
    assertEquals(
        "not a safetensors file: it starts with a header length of 18446744073709551615",
        refused());
    Files.write(
        file,
        ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(2).put(1, (byte) 0).array());
    assertEquals("not a safetensors header: expected '{' at character 0", refused());
    Files.write(
        file,
        ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(2)
            .putShort((short) 0xffff)
            .array());
    assertEquals("not a safetensors file: its header is no text", refused());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{ ",
        "{}}",
        "{\"a\"}",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"\\x\":{}}",
        "{\"\\u00g0\":{}}"
      })
  void refusesHeadersThatAreNone(String header) throws IOException {
    write(header, 1f);
    String reason = refused();
    assertTrue(reason.startsWith("not a safetensors header: "), reason);
    assertFalse(reason.contains("\n"), reason);
  }

  @Test
  void refusesOtherNames() throws IOException {
    new StateDict().tensor("0.weight", weight).tensor("1.weight", Tensor.zeros(1)).save(file);
    assertEquals("Missing key(s) in state_dict: count, exact, rate", refused());
    Tensor one = Tensor.zeros(1);
    var e =
        assertThrows(
            StateFileException.class, () -> new StateDict().tensor("1.weight", one).load(file));
    assertEquals(file + ": Unexpected key(s) in state_dict: 0.weight", e.getMessage());
  }

  @Test
  void refusesAnotherShapeAndAnotherType() throws IOException {
    new StateDict().tensor("w", Tensor.zeros(3, 2)).save(file);
    StateDict other = new StateDict().tensor("w", weight);
    var shape = assertThrows(StateFileException.class, () -> other.load(file));
    assertEquals(
        file
            + ": size mismatch for w: F32 of shape [3, 2] in the file, F32 of shape [2, 3] in the"
            + " model",
        shape.getMessage());
    new StateDict().tensor("w", DoubleTensor.zeros(2, 3)).save(file);
    var type = assertThrows(StateFileException.class, () -> other.load(file));
    assertEquals(
        file
            + ": size mismatch for w: F64 of shape [2, 3] in the file, F32 of shape [2, 3] in the"
            + " model",
        type.getMessage());
    write("{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,4]}}", 1f);
    var bytes = assertThrows(StateFileException.class, () -> other.load(file));
    assertEquals(
        file + ": not a safetensors header: 4 bytes for F32 of shape [2, 3]", bytes.getMessage());
    assertEquals(1, weight.data()[0]);
  }

  @Test
  void refusesANumberThatItsSetterRefuses() throws IOException {
    rate = -1;
    state.save(file);
    assertEquals("rate: Invalid learning rate: -1.0", refused());
  }

  @Test
  void aMissingFileIsAnotherException() {
    assertThrows(NoSuchFileException.class, () -> state.load(file));
  }

  @Test
  void leavesNothingBesideTheFile() throws IOException {
    state.save(file);
    state.save(file);
    try (var files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFailedSaveLeavesTheOlderFile() throws IOException {
    state.save(file);
    byte[] older = Files.readAllBytes(file);
    StateDict failing =
        new StateDict()
            .tensor("0.weight", weight)
            .wholeNumber(
                "count",
                () -> {
                  throw new IllegalStateException();
                },
                loaded -> {});
    assertThrows(IllegalStateException.class, () -> failing.save(file));
    assertArrayEquals(older, Files.readAllBytes(file));
    leavesNothingBesideTheFile();
  }

  /** The reason, without the file's name, which every message starts with. */
  private String refused() {
    var e = assertThrows(StateFileException.class, () -> state.load(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    return e.getMessage().substring((file + ": ").length());
  }

  private void write(String header, float... data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    for (float value : data) {
      bytes.putFloat(value);
    }
    Files.write(file, bytes.array());
  }
}
