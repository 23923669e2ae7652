namespace InfraGate.ApprovalUi.Text;

/// <summary>A run of text as a reviewer should see it.</summary>
/// <param name="Text">What to write: the text itself, or the code point in place of a character that cannot be told by eye.</param>
/// <param name="Warning">Why the run is marked, in a few words; null for ordinary text.</param>
internal readonly record struct TextPiece(string Text, string? Warning);
