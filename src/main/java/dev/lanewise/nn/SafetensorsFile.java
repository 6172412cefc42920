// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Files in the safetensors format: eight bytes that say how long the header is, little-endian; the
 * {@link SafetensorsHeader}; the data.
 */
final class SafetensorsFile {
  private static final int LENGTH_BYTES = Long.BYTES;

  /** As PyTorch's readers have it. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final int BUFFER_BYTES = 1 << 16;

  private SafetensorsFile() {}

  /**
   * Writes a file at once or not at all: whoever opens it finds the old state or the new one, even
   * after a crash.
   */
  static void write(Path file, List<StateEntry> entries) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeFully(channel, head(entries));
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (StateEntry entry : entries) {
          write(channel, entry, buffer);
        }
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** The length and the header, filled up with spaces until the data are aligned. */
  private static ByteBuffer head(List<StateEntry> entries) {
    byte[] header = SafetensorsHeader.of(entries).format().getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(header.length, Long.BYTES) * Long.BYTES;
    ByteBuffer head = ByteBuffer.allocate(LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(header);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    return head.flip();
  }

  private static void write(FileChannel channel, StateEntry entry, ByteBuffer buffer)
      throws IOException {
    int capacity = buffer.capacity() / entry.elementBytes();
    for (int from = 0, count; from < entry.elements(); from += count) {
      count = Math.min(capacity, entry.elements() - from);
      buffer.clear().limit(count * entry.elementBytes());
      entry.read(from, count, MemorySegment.ofBuffer(buffer));
      writeFully(channel, buffer);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** What to do with the header and the data of an open file. */
  @FunctionalInterface
  interface Reader {
    void read(SafetensorsHeader header, MemorySegment data) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @throws StateFileException if it is truncated or in another format
   */
  static void read(Path file, Reader reader) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      SafetensorsHeader header = header(file, bytes);
      MemorySegment data = bytes.asSlice(bytes.byteSize() - header.dataBytes());
      reader.read(header, data);
    }
  }

  private static SafetensorsHeader header(Path file, MemorySegment bytes) throws IOException {
    if (bytes.byteSize() < LENGTH_BYTES) {
      throw new StateFileException(file, "not a safetensors file: it ends within 8 bytes");
    }
    long length = bytes.get(StateEntry.I64, 0);
    if (length < 2 || length > MAX_HEADER_BYTES) {
      throw new StateFileException(
          file,
          "not a safetensors file: it starts with a header length of "
              + Long.toUnsignedString(length));
    }
    if (length > bytes.byteSize() - LENGTH_BYTES) {
      throw new StateFileException(
          file,
          "truncated, or not a safetensors file: %d bytes of header announced, %d there"
              .formatted(length, bytes.byteSize() - LENGTH_BYTES));
    }
    SafetensorsHeader header = parse(file, bytes.asSlice(LENGTH_BYTES, length));
    long dataBytes = bytes.byteSize() - LENGTH_BYTES - length;
    if (dataBytes != header.dataBytes()) {
      throw new StateFileException(
          file,
          "%s: %d bytes of data announced, %d there"
              .formatted(
                  dataBytes < header.dataBytes() ? "truncated" : "too long",
                  header.dataBytes(),
                  dataBytes));
    }
    return header;
  }

  private static SafetensorsHeader parse(Path file, MemorySegment bytes) throws StateFileException {
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE));
      return SafetensorsHeader.parse(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      throw new StateFileException(file, "not a safetensors file: its header is no text");
    } catch (IllegalArgumentException e) {
      throw new StateFileException(file, "not a safetensors header: " + e.getMessage());
    }
  }
}
