// SPDX-License-Identifier: Apache-2.0
/**
 * What a run shows and leaves behind: its progress, and pictures that are written whole or not at
 * all.
 */
package dev.lanewise.examples.report;
