// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What a network, an optimizer or a whole training run is at one moment, piece by piece under
 * names, to be kept in a file.
 *
 * <p>The pieces are not copies: {@link #save} writes what they are by then, {@link #load}
 * overwrites them. Files are in the safetensors format. Those of a network's {@link
 * Layer#stateDict} have the names of PyTorch's {@code state_dict()} and go to PyTorch and come from
 * there.
 *
 * <pre>{@code
 * network.stateDict().save(Path.of("weights.safetensors"));
 *
 * StateDict checkpoint =
 *     new StateDict()
 *         .include("network", network.stateDict())
 *         .include("random", network.generatorState())
 *         .include("optimizer", optimizer.stateDict())
 *         .generator("shuffle", random)
 *         .wholeNumber("epoch", () -> epoch, saved -> epoch = saved);
 * }</pre>
 *
 * <p>A run that loads such a checkpoint goes on with the bits of a run that was never interrupted.
 */
public final class StateDict {
  private final Map<String, StateEntry> entries = new LinkedHashMap<>();

  /** A state without a piece. */
  public StateDict() {}

  /**
   * Adds a tensor.
   *
   * @param name its name
   * @param tensor the tensor itself
   * @return this
   * @throws IllegalArgumentException if there is a piece of this name
   * @throws NullPointerException if an argument is null
   */
  public StateDict tensor(String name, Tensor tensor) {
    Objects.requireNonNull(tensor, "tensor");
    return add(new StateEntry.Floats(name, tensor));
  }

  /**
   * Adds a tensor of double.
   *
   * @param name its name
   * @param tensor the tensor itself
   * @return this
   * @throws IllegalArgumentException if there is a piece of this name
   * @throws NullPointerException if an argument is null
   */
  public StateDict tensor(String name, DoubleTensor tensor) {
    Objects.requireNonNull(tensor, "tensor");
    return add(new StateEntry.Doubles(name, tensor));
  }

  /**
   * Adds a single whole number, such as a count.
   *
   * @param name its name
   * @param getter gives the number to save
   * @param setter takes the number loaded
   * @return this
   * @throws IllegalArgumentException if there is a piece of this name
   * @throws NullPointerException if an argument is null
   */
  public StateDict wholeNumber(String name, LongSupplier getter, LongConsumer setter) {
    Objects.requireNonNull(getter, "getter");
    Objects.requireNonNull(setter, "setter");
    return add(new StateEntry.WholeNumber(name, getter, setter));
  }

  /**
   * Adds a single real number, such as a learning rate.
   *
   * @param name its name
   * @param getter gives the number to save
   * @param setter takes the number loaded
   * @return this
   * @throws IllegalArgumentException if there is a piece of this name
   * @throws NullPointerException if an argument is null
   */
  public StateDict realNumber(String name, DoubleSupplier getter, DoubleConsumer setter) {
    Objects.requireNonNull(getter, "getter");
    Objects.requireNonNull(setter, "setter");
    return add(new StateEntry.RealNumber(name, getter, setter));
  }

  /**
   * Adds a generator of random numbers.
   *
   * @param name its name
   * @param generator the generator itself
   * @return this
   * @throws IllegalArgumentException if there is a piece of this name
   * @throws NullPointerException if an argument is null
   */
  public StateDict generator(String name, SplitMix64 generator) {
    Objects.requireNonNull(generator, "generator");
    return wholeNumber(name, generator::state, generator::state);
  }

  /**
   * Adds every piece of another state under the name {@code prefix.name}.
   *
   * @param prefix what the names are put behind
   * @param part the other state
   * @return this
   * @throws IllegalArgumentException if there is a piece of such a name
   * @throws NullPointerException if an argument is null
   */
  public StateDict include(String prefix, StateDict part) {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(part, "part");
    for (StateEntry entry : part.entries.values()) {
      add(entry.named(prefix + "." + entry.name()));
    }
    return this;
  }

  /**
   * The names of the pieces.
   *
   * @return the names, in the order of adding
   */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /**
   * Writes every piece into a file, in the place of an older one. Whoever opens the file finds the
   * old state or the new one, even after a crash in between.
   *
   * @param file where to; a file beside it, with {@code .partial} behind the name, is used
   *     meanwhile
   * @throws IOException if it cannot be written; the older file is as it was
   */
  public void save(Path file) throws IOException {
    List<StateEntry> widestFirst = new ArrayList<>(entries.values());
    // Wherever the data start, a multiple of eight bytes, every element is aligned.
    widestFirst.sort(Comparator.comparingInt(StateEntry::elementBytes).reversed());
    SafetensorsFile.write(file, widestFirst);
  }

  /**
   * Overwrites every piece with what a file holds under its name.
   *
   * @param file a file with these names and no others, in the same shapes and element types
   * @throws StateFileException if the file is truncated, in another format, or of another state;
   *     then every piece is as it was. If a setter refuses its number, the pieces before are not
   * @throws IOException if it cannot be read
   */
  public void load(Path file) throws IOException {
    SafetensorsFile.read(
        file,
        (header, data) -> {
          requireSameState(file, header);
          for (StateEntry entry : entries.values()) {
            long begin = header.stretches().get(entry.name()).begin();
            write(file, entry, data.asSlice(begin, entry.bytes()));
          }
        });
  }

  private static void write(Path file, StateEntry entry, MemorySegment data)
      throws StateFileException {
    try {
      entry.write(data);
    } catch (IllegalArgumentException e) {
      throw new StateFileException(file, entry.name() + ": " + e.getMessage());
    }
  }

  /** The names and shapes: {@code 0.weight[10, 1, 3, 3] F32} and so on, a line each. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    for (StateEntry entry : entries.values()) {
      lines.append("%s%s %s%n".formatted(entry.name(), entry.shape(), entry.dtype()));
    }
    return lines.toString();
  }

  private StateDict add(StateEntry entry) {
    Objects.requireNonNull(entry.name(), "name");
    if (entry.name().equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException("the file format keeps this name: " + entry.name());
    }
    if (entries.putIfAbsent(entry.name(), entry) != null) {
      throw new IllegalArgumentException("two pieces of a state are called " + entry.name());
    }
    return this;
  }

  private void requireSameState(Path file, SafetensorsHeader header) throws StateFileException {
    requireNone(file, "Missing", entries.keySet(), header.stretches().keySet());
    requireNone(file, "Unexpected", header.stretches().keySet(), entries.keySet());
    for (StateEntry entry : entries.values()) {
      SafetensorsHeader.Stretch stretch = header.stretches().get(entry.name());
      if (!stretch.dtype().equals(entry.dtype()) || !stretch.shape().equals(entry.shape())) {
        throw new StateFileException(
            file,
            "size mismatch for %s: %s of shape %s in the file, %s of shape %s in the model"
                .formatted(
                    entry.name(), stretch.dtype(), stretch.shape(), entry.dtype(), entry.shape()));
      }
      if (stretch.end() - stretch.begin() != entry.bytes()) {
        throw new StateFileException(
            file,
            "not a safetensors header: %d bytes for %s of shape %s"
                .formatted(stretch.end() - stretch.begin(), stretch.dtype(), stretch.shape()));
      }
    }
  }

  private static void requireNone(Path file, String what, Set<String> some, Set<String> others)
      throws StateFileException {
    Set<String> lonely = new TreeSet<>(some);
    lonely.removeAll(others);
    if (!lonely.isEmpty()) {
      throw new StateFileException(
          file, "%s key(s) in state_dict: %s".formatted(what, String.join(", ", lonely)));
    }
  }
}
